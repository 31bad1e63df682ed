"""健康観察簿 as PDF: A4 landscape, forty children on a page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from manabiya.apps.nurse_office.queries import Book
from manabiya.apps.nurse_office.queries.book import SIGNS, BookRow
from manabiya.apps.observation.queries import symptom_label
from manabiya.kernel.pdf import typeset
from manabiya.law.era import era_year
from manabiya.roster.queries import school_of

PAPER = "apps/nurse_office/papers/health_book.typ"
LONG = 9
"""A name of more letters than this is set smaller, so that it never leaves its place."""
WEEKDAYS = "月火水木金土日"
MARKS = (
    ("absent", "病", "病欠"),
    ("absent", "事", "事故欠"),
    ("excused", "停", "出席停止"),
    ("excused", "忌", "忌引"),
    ("part", "遅", "遅刻"),
    ("part", "早", "早退"),
    ("", "空白", "良好(症状なし)"),
    ("", "点", "未確認"),
    ("", "灰色", "休業日"),
    ("", "斜線", "在籍前・在籍後"),
)


def book_pdf(page: Book, school_id: UUID, now: datetime, made_at: datetime) -> bytes:
    """Return the book of a month. ``now`` (school time) is printed, ``made_at`` kept in the file."""
    card, first = page.register.card, page.register.first
    school = school_of(school_id, first)
    era, year = era_year(first)
    data = {
        "school": school.full_name,
        "homeroom": card.name,
        "teachers": "・".join(card.teacher_names),
        "month": f"{era}{year}年{first.month}月",
        "signs": list(SIGNS.values()),
        "legend": _legend(),
        "days": [
            {
                "number": head.date.day,
                "weekday": WEEKDAYS[head.date.weekday()],
                "off": head.is_off,
                "ill": ill,
            }
            for head, ill in zip(page.register.days, page.ill_a_day, strict=True)
        ],
        "rows": [_row(row) for row in page.rows],
        "sums": [*page.symptoms, page.ill_days],
        "away": [sum(r.absent_days for r in page.rows), sum(r.excused_days for r in page.rows)],
        "foot": f"{now:%Y年%-m月%-d日 %-H:%M} 印刷 ・ 取扱注意",
    }
    return typeset(PAPER, data, made_at=made_at)


def _row(row: BookRow) -> dict[str, Any]:
    return {
        "number": row.seat.roll_number,
        "name": row.seat.name,
        "long": len(row.seat.name) > LONG,
        "cells": [
            {"text": cell.mark + cell.signs, "state": cell.state, "mark": bool(cell.mark)}
            for cell in row.cells
        ],
        "sums": [*row.symptoms, row.ill_days, row.absent_days, row.excused_days],
    }


def _legend() -> str:
    signs = [f"{sign} {symptom_label(symptom)}" for symptom, sign in SIGNS.items()]
    return " ・ ".join([*signs, *(f"{sign} {word}" for _role, sign, word in MARKS)])
