"""The year of a class on paper and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from manabiya.apps.register.document import SUMS
from manabiya.apps.register.papers import FOLDER, by_grade, said_officers
from manabiya.apps.register.queries import YearPage
from manabiya.apps.register.year_sheet import ClassMonth, YearRow, YearSheet, unconfirmed
from manabiya.kernel.exchange import Column, Table
from manabiya.kernel.pdf import letters_without_glyph, typeset
from manabiya.law.era import era_year
from manabiya.roster.queries import OfficerSpan

WORDS = list(SUMS.values())
CHANGES = ("学級の変更 入", "学級の変更 出")
FIGURES = (
    "授業日数", "在籍 月初", "転入", "転出", *CHANGES, "在籍 月末", "延べ欠席", "出席停止・忌引等",
    "出席率(%)",
)  # fmt: skip
A_PAGE = 4
"""Quantities side by side on a page of the paper."""


@dataclass(frozen=True, slots=True)
class Standing:
    """In words: which months are closed, and what the sums hold."""

    months: str
    sums: str


def title_of(page: YearPage) -> str:
    """Return the school year in the era: 「令和8年度」."""
    era, year = era_year(date(page.homeroom.school_year, 4, 1))
    return f"{era}{year}年度"


def standing_of(page: YearPage, today: date) -> Standing:
    """Return how far the year is."""
    if page.is_whole:
        return Standing("12か月とも締めてあります。", "年計")
    pairs = list(zip(page.sheet.months, page.states, strict=True))
    closed = [month for month, state in pairs if state in ("closed", "confirmed")]
    opened = [month for month, state in pairs if state == "open"]
    said = [f"締めた月: {_months(closed)}"] if closed else ["締めた月はまだありません"]
    if opened:
        said.append(f"まだ締めていない月: {_months(opened)}")
    if days := unconfirmed(page.sheet):
        said.append(f"未確認 延べ{days}人日は授業日数にだけ入っています")
    return Standing("。".join(said) + "。", f"{today.month}/{today.day}までの計")


def _months(months: Sequence[date]) -> str:
    return "・".join(f"{month.month}月" for month in months)


def signers(spans: Sequence[OfficerSpan], school_year: int) -> str:
    """Return names with their days in the year."""
    begins = date(school_year, 4, 1)
    return said_officers(
        [
            {
                "name": one.name,
                "from": max(one.starts_on, begins).isoformat(),
                "until": one.ends_on.isoformat() if one.ends_on else None,
            }
            for one in spans
        ]
    )


def class_figures(sheet: YearSheet) -> list[tuple[str, list[str]]]:
    """Return the figures of the class: a word, then each month (blank: not begun) and the year.

    学級の変更 only in a year in which somebody changed the class.
    """
    columns = [_figures(one) for one in (*sheet.classes, sheet.whole)]
    lines = [(word, [column[n] for column in columns]) for n, word in enumerate(FIGURES)]
    return [line for line in lines if any(sheet.whole.changed) or line[0] not in CHANGES]


def _figures(one: ClassMonth | None) -> list[str]:
    if one is None:
        return [""] * len(FIGURES)
    first, came, left, last = map(str, one.enrolled)
    there = (first, came, left, *map(str, one.changed), last)
    counts = (str(one.sums["absent"]), str(one.sums["excused"]))
    return [by_grade(one.grade_days), *there, *counts, one.rate]


def year_pdf(page: YearPage, today: date, made_at: datetime) -> bytes:
    """Return 年間の出席簿: A4 landscape, the year's sums, then each quantity month by month."""
    sheet, standing = page.sheet, standing_of(page, today)
    year = page.homeroom.school_year
    data = {
        "title": f"年間の出席簿 {title_of(page)}",
        "school": page.officers.school_name,
        "homeroom": page.homeroom.name,
        "principals": signers(page.officers.principals, year),
        "teachers": signers(page.officers.teachers, year),
        "months": [month.month for month in sheet.months],
        "states": page.states,
        "standing": standing.months,
        "whole": standing.sums,
        "sums": WORDS,
        "rows": [_line(row) for row in sheet.rows],
        "totals": [sheet.whole.sums[name] for name in SUMS],
        "figures": class_figures(sheet),
        "groups": [_group(sheet, names) for names in _batches(list(SUMS))],
        "foot": _foot(sheet, standing),
    }
    return typeset(f"{FOLDER}/year.typ", data, made_at=made_at)


def _line(row: YearRow) -> dict[str, Any]:
    sums = [row.sums[name] for name in SUMS]
    return {"number": row.number, "name": row.name, "sums": sums, "remarks": row.remarks}


def _batches(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[n : n + A_PAGE] for n in range(0, len(names), A_PAGE)]


def _group(sheet: YearSheet, names: Sequence[str]) -> dict[str, Any]:
    """Return some quantities of every child: twelve months and the year, one after another."""
    return {
        "words": [SUMS[name] for name in names],
        "rows": [
            [n for name in names for n in (*row.of(name), row.sums[name])] for row in sheet.rows
        ],
        "totals": [
            n
            for name in names
            for n in (
                *(one.sums[name] if one else None for one in sheet.classes),
                sheet.whole.sums[name],
            )
        ],
    }


def _foot(sheet: YearSheet, standing: Standing) -> str:
    undrawn = [str(row.number) for row in sheet.rows if letters_without_glyph(row.name)]
    more = f" ・ 正しく書けない字がある人: {'、'.join(undrawn)}番" if undrawn else ""
    return standing.sums + more


def year_tables(page: YearPage, today: date) -> list[Table]:
    """Return the workbook's sheets: the year, the months, the class."""
    sheet = page.sheet
    who = [Column("番", 5), Column("氏名", 22)]
    sums = [Column(word, 8) for word in WORDS]
    word = standing_of(page, today).sums.replace("/", "月").replace("まで", "日まで")
    months: list[list[Any]] = [
        [row.number, row.name, month.month, *(counted[name] for name in SUMS)]
        for row in sheet.rows
        for month, counted in zip(sheet.months, row.months, strict=True)
        if counted is not None
    ]
    heads = [Column("学級", 18), *(Column(f"{month.month}月", 12) for month in sheet.months)]
    return [
        Table(
            word,
            [*who, *sums, Column("備考", 30)],
            [
                [row.number, row.name, *(row.sums[name] for name in SUMS), row.remarks]
                for row in sheet.rows
            ],
        ),
        Table("月ごと", [*who, Column("月", 5), *sums], months),
        Table("学級", [*heads, Column(word, 14)], [[w, *v] for w, v in class_figures(sheet)]),
    ]
