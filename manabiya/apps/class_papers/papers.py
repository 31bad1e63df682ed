"""The papers of a class as files: PDF, xlsx, CSV."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from manabiya.apps.class_papers.queries import ClassList
from manabiya.apps.class_papers.rules import LabelSheet
from manabiya.kernel.exchange import Column, Table
from manabiya.kernel.pdf import letters_without_glyph, typeset
from manabiya.law.era import format_era
from manabiya.roster.queries import Seat

FOLDER = "apps/class_papers/papers"
SEX = {"male": "男", "female": "女"}
BLANKS = 12


def class_list_pdf(page: ClassList, made_at: datetime) -> bytes:
    """Return 学級名簿, A4, 40 children on a page."""
    data = {**_head(page), "blanks": BLANKS, "rows": [_row(seat) for seat in page.seats]}
    return typeset(f"{FOLDER}/class_list.typ", data, made_at=made_at)


def labels_pdf(page: ClassList, sheet: LabelSheet, made_at: datetime) -> bytes:
    """Return a sheet of name labels; the first label is the first child."""
    rows = [
        {**_row(seat), "under": f"{page.homeroom.name} {seat.roll_number}番"} for seat in page.seats
    ]
    measures = {
        "columns": sheet.columns,
        "width": sheet.width,
        "height": sheet.height,
        "left": sheet.left,
        "top": sheet.top,
    }
    return typeset(f"{FOLDER}/labels.typ", {"sheet": measures, "rows": rows}, made_at=made_at)


def photos_pdf(page: ClassList, photos: Mapping[UUID, bytes], made_at: datetime) -> bytes:
    """Return 写真名簿 with the photos there are."""
    rows = []
    for seat in page.seats:
        photo = photos.get(seat.student_id)
        rows.append({**_row(seat), "photo": _framed(photo) if photo else ""})
    return typeset(f"{FOLDER}/photos.typ", {**_head(page), "rows": rows}, made_at=made_at)


def _framed(photo: bytes) -> str:
    """Return the JPEG inside an SVG: data of a paper are text."""
    content = base64.b64encode(photo).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 480" width="360" height="480">'
        f'<image width="360" height="480" href="data:image/jpeg;base64,{content}"/></svg>'
    )


def class_list_table(page: ClassList) -> Table:
    """Return the class list as a table."""
    columns = (
        Column("学級", 10),
        Column("学年", 6),
        Column("出席番号", 8),
        Column("氏名", 24),
        Column("かな", 28),
        Column("性別", 6),
    )
    rows = [
        (page.homeroom.name, s.grade_level, s.roll_number, s.name, s.kana, SEX.get(s.sex, ""))
        for s in page.seats
    ]
    return Table(page.homeroom.name, columns, rows)


@dataclass(frozen=True, slots=True)
class Gap:
    """A letter an encoding can't hold, and the children in whose row it stands."""

    letter: str
    names: tuple[str, ...]


def gaps_of(page: ClassList, letters: list[str]) -> list[Gap]:
    """Return for each letter in whose name or kana it stands."""
    return [
        Gap(letter, tuple(s.name for s in page.seats if letter in f"{s.name} {s.kana}"))
        for letter in letters
    ]


def _undrawn(page: ClassList) -> list[str]:
    """Return a remark when names hold letters that no font of the papers can draw."""
    numbers = [str(s.roll_number) for s in page.seats if letters_without_glyph(s.name)]
    return [f"正しく書けない字がある人: {'、'.join(numbers)}番"] if numbers else []


def _head(page: ClassList) -> dict[str, Any]:
    return {
        "school": page.school.full_name,
        "homeroom": page.homeroom.name,
        "teachers": page.teachers,
        "day": format_era(page.day),
        "foot": " ・ ".join([f"在籍 {len(page.seats)}名", *_undrawn(page)]),
    }


def _row(seat: Seat) -> dict[str, Any]:
    return {
        "number": seat.roll_number,
        "name": seat.name,
        "kana": seat.kana,
        "sex": SEX.get(seat.sex, ""),
    }
