"""Japanese eras 「元号」 and dates as people write them.

Borders: 明治 1868-01-25 (dates by the solar calendar from 1873-01-01, 改暦), 大正 1912-07-30,
昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01. The first year is 「元年」 in documents.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from manabiya.law.sources import Refused, Rule, example, rule
from manabiya.law.statutes import ERA_ACT, ERA_ORDER_REIWA, SOLAR_CALENDAR_DECREE

FIRST_YEAR_WORD = "元"
ERAS: tuple[tuple[str, str, date], ...] = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
SOLAR_CALENDAR = date(1873, 1, 1)
BORDERS: Mapping[object, str] = {
    day: f"西暦{day.year}年{day.month}月{day.day}日"
    for day in (
        date(2026, 11, 22),
        date(2019, 5, 1),
        date(2019, 4, 30),
        date(1989, 1, 8),
        date(1989, 1, 7),
        date(1926, 12, 25),
        date(1926, 12, 24),
        date(1912, 7, 30),
        date(1912, 7, 29),
        date(1873, 1, 1),
        date(1872, 12, 31),
    )
}
"""The days on both sides of each change of era, in Western words, for the examples."""
ERA_DATE = re.compile(
    r"^(令和|平成|昭和|大正|明治|[RHSTM])(\d{1,2}|元)(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?$"
)
WESTERN_DATE = re.compile(r"^(\d{4})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?$")
COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
SHORT_YEAR = re.compile(r"^\d{1,2}(?:年|[./-])\d{1,2}(?:月|[./-])\d{1,2}日?$")


def era_year(day: date) -> tuple[str, int]:
    """Return the era and the year in it: 2026-11-22 → (「令和」, 8); ValueError before 明治."""
    for name, _, first in ERAS:
        if day >= first:
            return name, day.year - first.year + 1
    raise ValueError("明治(1868年1月25日)より前の元号は扱いません")


@rule(
    Rule(
        term="元号",
        also=("和暦", "元年"),
        summary="文書の日付は元号で書き、改元の日から新しい元号を使います。元号の最初の年は「元年」と"
        "書きます。明治6年1月1日より前は太陰太陽暦のため扱いません。",
        sources=(
            ERA_ACT.article(),
            ERA_ORDER_REIWA.article(in_force=date(2019, 5, 1)),
            SOLAR_CALENDAR_DECREE.article(),
        ),
        words={"day": "日付"},
        names=BORDERS,
        examples=(
            example("令和8年11月22日", day=date(2026, 11, 22)),
            example("令和元年5月1日", day=date(2019, 5, 1)),
            example("平成31年4月30日", day=date(2019, 4, 30)),
            example("平成元年1月8日", day=date(1989, 1, 8)),
            example("昭和64年1月7日", day=date(1989, 1, 7)),
            example("昭和元年12月25日", day=date(1926, 12, 25)),
            example("大正15年12月24日", day=date(1926, 12, 24)),
            example("大正元年7月30日", day=date(1912, 7, 30)),
            example("明治45年7月29日", day=date(1912, 7, 29)),
            example("明治6年1月1日", day=date(1873, 1, 1)),
            example(Refused("太陰太陽暦"), day=date(1872, 12, 31)),
        ),
    )
)
def format_era(day: date) -> str:
    """Return a date as documents write it: 「令和8年11月22日」, the first year as 「元年」.

    Raises ValueError before 1873-01-01: documents of those days count by the lunisolar calendar.
    """
    if day < SOLAR_CALENDAR:
        raise ValueError("明治6年1月1日より前は太陰太陽暦です")
    name, year = era_year(day)
    return f"{name}{FIRST_YEAR_WORD if year == 1 else year}年{day.month}月{day.day}日"


@rule(
    Rule(
        term="日付の読み取り",
        also=("和暦の入力",),
        summary="和暦(元号の漢字、頭文字)と西暦の日付を、全角・半角、年月日・斜線・点・ハイフンの"
        "どれでも読みます。存在しない日、元号の期間にない日、元号のない2桁の年は、理由を添えて"
        "受け付けません。",
        sources=(ERA_ACT.article(), SOLAR_CALENDAR_DECREE.article()),
        words={"text": "入力"},
        examples=(
            example(date(2026, 4, 1), text="令和8.4.1"),
            example(date(2026, 4, 1), text="R8/4/1"),
            example(date(2026, 4, 1), text="２０２６年４月１日"),
            example(date(2019, 5, 1), text="令和元年5月1日"),
            example(Refused("昭和にない日"), text="昭和64年1月8日"),
            example(Refused("2月30日はありません"), text="令和8年2月30日"),
            example(Refused("元号"), text="26/4/1"),
        ),
    )
)
def parse_date(text: str) -> date:
    """Read a date in 和暦 or 西暦, in full or half width, with 年月日, slashes, dots or hyphens.

    Raises ValueError with a Japanese reason for a day that does not exist, a day outside its
    era, a year of two digits without an era, and a text that is no date.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    plain = re.sub(r"[‐‑–—−ー]", "-", plain)
    if match := ERA_DATE.match(plain):
        era, year, month, day = match.groups()
        return _in_era(text, era, 1 if year == FIRST_YEAR_WORD else int(year), int(month), int(day))
    if match := WESTERN_DATE.match(plain) or COMPACT_DATE.match(plain):
        return _day(text, int(match[1]), int(match[2]), int(match[3]))
    if SHORT_YEAR.match(plain):
        raise ValueError(f"2桁の年には元号が要ります: {text!r}(例 令和8年4月1日、R8.4.1)")
    raise ValueError(f"日付として読めません: {text!r}(例 令和8年11月22日、2026/11/22)")


def _in_era(text: str, era: str, year: int, month: int, day: int) -> date:
    place = next(i for i, (name, letter, _) in enumerate(ERAS) if era in (name, letter))
    name, _, first = ERAS[place]
    found = _day(text, first.year + year - 1, month, day)
    end = ERAS[place - 1][2] if place else None
    if year < 1 or found < first or (end is not None and found >= end):
        raise ValueError(f"{name}にない日です: {text!r}")
    if found < SOLAR_CALENDAR:
        raise ValueError(f"明治6年1月1日より前は太陰太陽暦です: {text!r}")
    return found


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"{month}月はありません: {text!r}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{month}月{day}日はありません: {text!r}") from None
