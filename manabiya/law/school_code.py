"""School codes 「文部科学省学校コード」: 13 characters, one school each, never used again.

``[種2][都道府県2][設置区分1][学校番号7][検査数字1]``: B1 08 2 5420002 6.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import SCHOOL_CODES

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "A1": "幼稚園",
        "A2": "幼保連携型認定こども園",
        "B1": "小学校",
        "C1": "中学校",
        "C2": "義務教育学校",
        "D1": "高等学校",
        "D2": "中等教育学校",
        "E1": "特別支援学校",
        "F1": "大学",
        "F2": "短期大学",
        "G1": "高等専門学校",
        "H1": "専修学校",
        "H2": "各種学校",
    }
)
FOUNDERS: Mapping[str, str] = MappingProxyType({"1": "国立", "2": "公立", "3": "私立"})
FIRST_TWELVE = re.compile(r"[A-H][0-9]{11}")
CODE = re.compile(r"([A-H][0-9])(\d{2})(\d)([1-9]\d{6})(\d)", re.ASCII)
SOURCES = (
    SCHOOL_CODES.article("(構成と検査数字)"),
    SCHOOL_CODES.article("(学校番号の先頭は1〜9)", confidence=Confidence.MEDIUM),
)


@dataclass(frozen=True, slots=True)
class SchoolCode:
    """A code in its parts; ``prefecture`` is JIS X 0401 (01 to 47), ``kind`` A1 to H2."""

    kind: str
    prefecture: str
    founder: str
    school_number: str
    check: int

    @property
    def code(self) -> str:
        """Return the 13 characters."""
        return f"{self.kind}{self.prefecture}{self.founder}{self.school_number}{self.check}"

    def __str__(self) -> str:
        return (
            f"{KINDS[self.kind]}、都道府県番号 {self.prefecture}、{FOUNDERS[self.founder]}、"
            f"学校番号 {self.school_number}、検査数字 {self.check}"
        )


@rule(
    Rule(
        term="検査数字",
        also=("学校コードの検査数字",),
        summary="学校種の英字を2桁の数(A=01 … H=08)に置き換えた13桁に、左から1、2、1、2…を掛け、10以上の"
        "積は各桁を足して合計します。10から合計の1の位を引いた数の1の位が検査数字です。",
        sources=SOURCES,
        words={"first_twelve": "先頭の12文字"},
        examples=(
            example(6, first_twelve="B10825420002"),
            example(8, first_twelve="B10121000001"),
            example(Refused("12文字"), first_twelve="B108254"),
        ),
    )
)
def check_digit(first_twelve: str) -> int:
    """Return 「検査数字」 of the first twelve characters; ValueError unless letter and 11 digits."""
    if not FIRST_TWELVE.fullmatch(first_twelve):
        raise ValueError("学校コードの先頭は英大文字A〜Hと数字11桁の12文字です")
    digits = f"{ord(first_twelve[0]) - ord('A') + 1:02d}{first_twelve[1:]}"
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(digits))
    total = sum(product // 10 + product % 10 for product in products)
    return -total % 10


@rule(
    Rule(
        term="学校コード",
        also=("文部科学省学校コード",),
        summary="学校種2文字、都道府県番号2桁、設置区分1桁、学校番号7桁、検査数字1桁の13文字です。変わらず、"
        "ほかの学校に使い回されません。",
        sources=SOURCES,
        words={"code": "学校コード"},
        examples=(
            example(SchoolCode("B1", "08", "2", "5420002", 6), code="B108254200026"),
            example(SchoolCode("C2", "01", "2", "1000001", 5), code="C201210000015"),
            example(Refused("検査数字"), code="B108254200027"),
            example(Refused("都道府県番号"), code="B199254200026"),
        ),
    )
)
def parse(code: str) -> SchoolCode:
    """Take a code apart; ValueError with a Japanese reason when any part is wrong.

    Codes are data: lower case, spaces and full width are refused, not mended.
    """
    match = CODE.fullmatch(code)
    if match is None:
        raise ValueError("学校コードは英大文字1字と数字12桁の13文字で、学校番号は1〜9で始まります")
    kind, prefecture, founder, number, check = match.groups()
    if kind not in KINDS:
        raise ValueError(f"学校種 {kind} はありません")
    if not 1 <= int(prefecture) <= 47:
        raise ValueError(f"都道府県番号 {prefecture} はありません")
    if founder not in FOUNDERS:
        raise ValueError(f"設置区分 {founder} はありません")
    if check_digit(code[:12]) != int(check):
        raise ValueError("検査数字が合いません。写し間違いを確かめてください")
    return SchoolCode(kind, prefecture, founder, number, int(check))


def is_valid(code: str) -> bool:
    """Tell whether ``code`` is a well-formed 「学校コード」 with a right 「検査数字」."""
    try:
        parse(code)
    except ValueError:
        return False
    return True
