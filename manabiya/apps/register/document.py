"""The register's month as one document: the source of screen, PDF, workbook and stored copy.

A document is plain JSON values. ``cells`` hold one code a day: empty (出席), a code of
:data:`MEANINGS`, or one of ``-`` (在籍外), ``x`` (休業日), ``?`` (未確認), ``>`` (これから; no closed
month has one). ``sums`` hold the
quantities of :data:`SUMS` in days (遅刻 and 早退 in times) and the days of each cause S1 to S7.
Quantities are those of ``law.attendance``; nothing here counts anew.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.attendance.queries import Register, RegisterRow
from manabiya.law.attendance import CAUSES, AttendanceSummary
from manabiya.law.attendance_figures import attendance_rate

Document = dict[str, Any]
FORMAT = 1
OUT, OFF, UNCONFIRMED, AHEAD = "-", "x", "?", ">"
NO_DAY = (OUT, OFF, AHEAD)
SUMS: Mapping[str, str] = {
    "school_days": "授業日数",
    "excused": "出席停止・忌引等",
    "suspension": "出席停止等",
    "bereavement": "忌引等",
    "required": "出席しなければならない日数",
    "absent": "欠席",
    "absent_sick": "病欠",
    "absent_other": "事故欠",
    "attended": "出席",
    "late": "遅刻",
    "left_early": "早退",
    "deemed": "うち出席扱い",
}
"""The columns of the month, in order, as 記録 2.4 wants them."""
MEANINGS: Mapping[str, str] = {
    "absent_sick": "病欠",
    "absent_other": "事故欠",
    "S1": "出席停止(感染症)",
    "S2": "出席停止(学校教育法35条)",
    "S3": "感染症による入院",
    "S4": "学級閉鎖",
    "S5": "忌引",
    "S6": "非常変災等",
    "S7": "受検等",
    "late": "遅刻",
    "left_early": "早退",
    "late_left_early": "遅刻・早退",
    "deemed_present": "出席扱い",
}
DEFAULT_SYMBOLS: Mapping[str, str] = {
    "absent_sick": "病",
    "absent_other": "事",
    "S1": "停",
    "S2": "停",
    "S3": "停",
    "S4": "閉",
    "S5": "忌",
    "S6": "災",
    "S7": "公",
    "late": "遅",
    "left_early": "早",
    "late_left_early": "遅早",
    "deemed_present": "扱",
}
"""The national default of the marks; a board may decide its own."""
NOTED_CAUSES = {"S2": "35条停止", "S3": "入院", "S4": "学級閉鎖", "S6": "非常変災", "S7": "受検等"}
"""Causes named in 備考: those a column does not already say."""
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Officer:
    """A principal or class teacher and the days of the month's school year they hold the post."""

    name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a register: school, officers, the board's marks.

    ``counts_by_sex``: 在籍 also by 男女. ``facilities``: where a child of 出席扱い learnt.
    """

    school: str
    principals: Sequence[Officer]
    teachers: Sequence[Officer]
    symbols: Mapping[str, str]
    counts_by_sex: bool = False
    facilities: Mapping[UUID, Sequence[str]] | None = None


def month_document(register: Register, head: Head) -> Document:
    """Return the document of a month: pure, from what the rows say and who signs."""
    symbols = {**DEFAULT_SYMBOLS, **head.symbols}
    rows = [_row(row, head.facilities or {}) for row in register.rows]
    return {
        "format": FORMAT,
        "school": head.school,
        "homeroom": register.card.name,
        "homeroom_id": str(register.card.id),
        "school_year": register.card.school_year,
        "month": f"{register.first:%Y-%m}",
        "principals": [_officer(one) for one in head.principals],
        "teachers": [_officer(one) for one in head.teachers],
        "symbols": symbols,
        "legend": legend(symbols),
        "days": [_day(n, day, rows) for n, day in enumerate(register.days)],
        "grade_days": _grade_days(rows, NO_DAY),
        **_planned(rows),
        "rows": rows,
        "totals": sums_of(register.total),
        "rate": rate_of(sums_of(register.total)),
        "enrolled": _enrolled(register, head.counts_by_sex),
        "corrections": [],
    }


def _officer(one: Officer) -> dict[str, Any]:
    until = one.until_on.isoformat() if one.until_on else None
    return {"name": one.name, "from": one.from_on.isoformat(), "until": until}


def legend(symbols: Mapping[str, str]) -> list[list[str]]:
    """Return [mark, meanings] in the order of :data:`MEANINGS`; a mark used twice stands once."""
    found: dict[str, list[str]] = {}
    for code, meaning in MEANINGS.items():
        found.setdefault(symbols[code], []).append(meaning)
    return [[symbol, "・".join(meanings)] for symbol, meanings in found.items()]


def _cells(row: RegisterRow) -> list[str]:
    found = []
    for cell in row.cells:
        states = {
            OUT: cell.is_out,
            OFF: cell.is_off,
            UNCONFIRMED: cell.is_unconfirmed,
            AHEAD: cell.is_ahead,
        }
        state = next((code for code, holds in states.items() if holds), "")
        found.append(state or cell.cause or cell.code)
    return found


def _row(row: RegisterRow, facilities: Mapping[UUID, Sequence[str]]) -> dict[str, Any]:
    sums = sums_of(row.summary)
    return {
        "student": str(row.seat.student_id),
        "number": row.seat.roll_number,
        "grade": row.seat.grade_level,
        "name": row.seat.name,
        "kana": row.seat.kana,
        "came": row.came_on.isoformat() if row.came_on else None,
        "left": row.left_on.isoformat() if row.left_on else None,
        **_changes(row),
        "cells": _cells(row),
        "sums": sums,
        "remarks": _remarks(row, sums, facilities.get(row.seat.student_id, ())),
    }


def _changes(row: RegisterRow) -> dict[str, Any]:
    """Return the first (in) and last (out) days of a child who changed the class, if it did."""
    found: dict[str, list[str]] = {"in": [], "out": []}
    for move in row.moves:
        if move.is_change:
            found["in" if move.has_come else "out"].append(move.day.isoformat())
    return {"changes": found} if any(found.values()) else {}


def sums_of(summary: AttendanceSummary) -> dict[str, int]:
    """Return the quantities of a summary: those of :data:`SUMS`, then the causes S1 to S7."""
    return {
        "school_days": summary.school_day_count,
        "excused": summary.excused_days,
        "suspension": summary.suspension_days,
        "bereavement": summary.bereavement_days,
        "required": summary.required_days,
        "absent": summary.absent_days,
        "absent_sick": summary.by_cause["absent_sick"],
        "absent_other": summary.by_cause["absent_other"],
        "attended": summary.attended_days,
        "late": summary.late_count,
        "left_early": summary.left_early_count,
        "deemed": summary.deemed_days,
        **{cause: summary.by_cause[cause] for cause in CAUSES},
    }


def added(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return months added up to terms and years (月計→学期計→年計), zero for none."""
    found = dict.fromkeys([*SUMS, *CAUSES], 0)
    for part in parts:
        for name in found:
            found[name] += part[name]
    return found


def rate_of(sums: Mapping[str, int]) -> str:
    """Return 出席率 = ΣP/ΣM in percent, one decimal, half up; 「―」 without a required day."""
    decided = sums["attended"] + sums["absent"]
    rate = attendance_rate(sums["attended"], decided)
    return "―" if rate is None else str(rate)


def _remarks(row: RegisterRow, sums: Mapping[str, int], facilities: Sequence[str]) -> str:
    found = [move.words for move in row.moves]
    found += [f"{word}{sums[cause]}" for cause, word in NOTED_CAUSES.items() if sums[cause]]
    if sums["deemed"]:
        where = f"({'、'.join(facilities)})" if facilities else ""
        found.append(f"出席扱い{sums['deemed']}{where}")
    return " ".join(found)


def _day(n: int, day: Any, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    cells = [row["cells"][n] for row in rows]
    return {
        "date": day.date.isoformat(),
        "weekday": WEEKDAYS[day.date.weekday()],
        "off": day.is_off,
        "label": day.label,
        "absent": sum(cell in ("absent_sick", "absent_other") for cell in cells),
        "excused": sum(cell in CAUSES for cell in cells),
    }


def _grade_days(rows: Sequence[Mapping[str, Any]], nothing: Collection[str]) -> dict[str, int]:
    """Return 授業日数 of each grade: days on which any child of it had one up to now."""
    days: dict[str, set[int]] = {}
    for row in rows:
        mine = days.setdefault(str(row["grade"]), set())
        mine |= {n for n, cell in enumerate(row["cells"]) if cell not in nothing}
    return {grade: len(found) for grade, found in sorted(days.items())}


def _planned(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the 授業日数 the whole month will have, only while days of it are ahead."""
    if not any(AHEAD in row["cells"] for row in rows):
        return {}
    return {"planned_days": _grade_days(rows, (OUT, OFF))}


def _enrolled(register: Register, counts_by_sex: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "first": register.enrolled_first,
        "came": register.came,
        "left": register.left,
        "last": register.enrolled_last,
    }
    if register.changed_in or register.changed_out:
        found["changed_in"], found["changed_out"] = register.changed_in, register.changed_out
    if counts_by_sex:
        here = [row.seat.sex for row in register.rows if row.left_on is None]
        found["male"], found["female"] = here.count("male"), here.count("female")
    return found


def canonical(document: Document) -> str:
    """Return the one text of a document: keys in order, no blanks, letters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str, previous: str = "") -> str:
    """Return the SHA-256 of a text, chained to the digest before it where there is one."""
    chained = f"{previous}\n{text}" if previous else text
    return hashlib.sha256(chained.encode()).hexdigest()
