"""Codes exchanged with others: grades 「学年コード」, subjects 「教科コード」, municipalities."""

from collections.abc import Mapping
from types import MappingProxyType

from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import AREA_CODES, ONEROSTER_JAPAN

AREA_WEIGHTS = (6, 5, 4, 3, 2)
ELEMENTARY_SUBJECTS = (
    "国語",
    "社会",
    "算数",
    "理科",
    "生活",
    "音楽",
    "図画工作",
    "家庭",
    "体育",
    "外国語",
)
JUNIOR_HIGH_SUBJECTS = (
    "国語",
    "社会",
    "数学",
    "理科",
    "音楽",
    "美術",
    "保健体育",
    "技術・家庭",
    "外国語",
)
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {f"P{n:02d}0": subject for n, subject in enumerate(ELEMENTARY_SUBJECTS, 1)}
    | {f"J{n:02d}0": subject for n, subject in enumerate(JUNIOR_HIGH_SUBJECTS, 1)}
)


@rule(
    Rule(
        term="学年コード",
        summary="名簿の交換で使う学年の符号です。小学校1〜6年はP1〜P6、中学校1〜3年はJ1〜J3です。",
        sources=(ONEROSTER_JAPAN.article(),),
        words={"absolute": "通し学年"},
        examples=(
            example("P1", absolute=1),
            example("J3", absolute=9),
            example(Refused("1から9"), absolute=10),
        ),
    )
)
def grade_code(absolute: int) -> str:
    """Return 「学年コード」 of an absolute grade: 1 → P1, 9 → J3; ValueError outside 1 to 9."""
    if not 1 <= absolute <= 9:
        raise ValueError("通し学年は1から9です")
    return f"P{absolute}" if absolute <= 6 else f"J{absolute - 6}"


@rule(
    Rule(
        term="教科コード",
        summary="名簿の交換で使う教科の符号です。教科との対応は学習指導要領の並びによる推定です。",
        sources=(ONEROSTER_JAPAN.article("(教科の対応)", confidence=Confidence.MEDIUM),),
        words={"code": "教科コード"},
        examples=(
            example("算数", code="P030"),
            example("技術・家庭", code="J080"),
            example(Refused("教科コード"), code="J100"),
        ),
    )
)
def subject_of(code: str) -> str:
    """Return the subject of 「教科コード」 (confidence M); ValueError for an unknown one."""
    if code not in SUBJECTS:
        raise ValueError(f"教科コードの一覧にありません: {code}")
    return SUBJECTS[code]


@rule(
    Rule(
        term="全国地方公共団体コード",
        also=("教育委員会コード", "市区町村コード"),
        summary="5桁の番号に検査数字1桁を付けた6桁です。左から6、5、4、3、2を掛けて足し、11で割った余りを"
        "11から引いた数の1の位が検査数字です。",
        sources=(AREA_CODES.article("(検査数字)", confidence=Confidence.MEDIUM),),
        words={"code": "コード"},
        examples=(example(True, code="012041"), example(False, code="012042")),
    )
)
def is_municipality_code(code: str) -> bool:
    """Tell whether ``code`` is six digits with the right check digit (confidence M)."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return False
    digits = [int(digit) for digit in code]
    total = sum(weight * digit for weight, digit in zip(AREA_WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 10 == digits[5]
