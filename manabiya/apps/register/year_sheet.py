"""The year of a class (年間の出席簿): its months' documents side by side and added up.

Plain values. Quantities are those of the months (:data:`.document.SUMS`); nothing is counted anew.
A child who was not in the class in a month has no quantities there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from manabiya.apps.attendance.queries import Move
from manabiya.apps.register.document import (
    NOTED_CAUSES,
    OUT,
    SUMS,
    Document,
    added,
    rate_of,
)

Sums = Mapping[str, int]
Row = Mapping[str, Any]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A child: quantities by month (None: not in the class), of the year, 備考."""

    student: str
    number: int
    grade: int
    name: str
    months: tuple[Sums | None, ...]
    sums: Sums
    remarks: str

    def of(self, quantity: str) -> tuple[int | None, ...]:
        """Return one quantity month by month."""
        return tuple(None if month is None else month[quantity] for month in self.months)


@dataclass(frozen=True, slots=True)
class ClassMonth:
    """The class in a month, or in the year: 授業日数 by grade, 在籍, sums of all children.

    ``enrolled``: 月初, 転入, 転出, 月末; ``changed``: those who came from and left for other classes of
    the school.
    """

    grade_days: Mapping[str, int]
    enrolled: tuple[int, int, int, int]
    changed: tuple[int, int]
    sums: Sums

    @property
    def rate(self) -> str:
        """Return 出席率."""
        return rate_of(self.sums)


@dataclass(frozen=True, slots=True)
class YearSheet:
    """The year: twelve months (None: not begun), the class in each and in all, a row a child."""

    months: tuple[date, ...]
    classes: tuple[ClassMonth | None, ...]
    whole: ClassMonth
    rows: tuple[YearRow, ...]


def year_sheet(
    school_year: int,
    documents: Mapping[date, Document],
    facilities: Mapping[str, Sequence[str]],
    today: date,
) -> YearSheet:
    """Return the year of a class from the documents of the months that have begun.

    ``facilities``: by student id, where a child of 出席扱い learnt in the year.
    """
    months = tuple(date(school_year + (n > 12), n - 12 * (n > 12), 1) for n in range(4, 16))
    rows: dict[str, dict[date, Row]] = {}
    for month in sorted(documents):
        for row in documents[month]["rows"]:
            rows.setdefault(row["student"], {})[month] = row
    found = [
        _row(student, mine, months, documents, facilities.get(student, ()), today)
        for student, mine in rows.items()
    ]
    classes = tuple(_class(documents[m]) if m in documents else None for m in months)
    return YearSheet(
        months,
        classes,
        _whole([one for one in classes if one]),
        tuple(sorted(found, key=lambda row: (row.grade, row.number, row.student))),
    )


def _row(
    student: str,
    mine: Mapping[date, Row],
    months: Sequence[date],
    documents: Mapping[date, Document],
    facilities: Sequence[str],
    today: date,
) -> YearRow:
    newest = mine[max(mine)]
    sums = added(row["sums"] for row in mine.values())
    return YearRow(
        student=student,
        number=newest["number"],
        grade=newest["grade"],
        name=newest["name"],
        months=tuple(mine[m]["sums"] if m in mine else None for m in months),
        sums=sums,
        remarks=" ".join(
            [*_moves(list(_presence(mine, documents, today)), mine), *_causes(sums, facilities)]
        ),
    )


def _presence(
    mine: Mapping[date, Row], documents: Mapping[date, Document], today: date
) -> Iterator[tuple[date, bool]]:
    """Yield the days up to today, and whether the child belonged to the class."""
    for month in sorted(documents):
        for n, day in enumerate(documents[month]["days"]):
            when = date.fromisoformat(day["date"])
            if when <= today:
                yield when, month in mine and mine[month]["cells"][n] != OUT


def _moves(days: Sequence[tuple[date, bool]], mine: Mapping[date, Row]) -> list[str]:
    """Return when a child came and left; those of the year's first day began it here."""
    changes = [row["changes"] for row in mine.values() if "changes" in row]
    came, left = ({day for one in changes for day in one[way]} for way in ("in", "out"))
    found, was_here = [], True
    for n, (day, is_here) in enumerate(days):
        if is_here and not was_here:
            found.append(Move(day, has_come=True, is_change=day.isoformat() in came))
        if was_here and not is_here and any(here for _, here in days[:n]):
            last = day - ONE_DAY
            found.append(Move(last, has_come=False, is_change=last.isoformat() in left))
        was_here = is_here
    return [move.words for move in found]


def _causes(sums: Sums, facilities: Sequence[str]) -> list[str]:
    found = [f"{word}{sums[cause]}" for cause, word in NOTED_CAUSES.items() if sums[cause]]
    if sums["deemed"]:
        where = f"({'、'.join(facilities)})" if facilities else ""
        found.append(f"出席扱い{sums['deemed']}{where}")
    return found


def _class(document: Document) -> ClassMonth:
    there = document["enrolled"]
    return ClassMonth(
        document["grade_days"],
        (there["first"], there["came"], there["left"], there["last"]),
        (there.get("changed_in", 0), there.get("changed_out", 0)),
        document["totals"],
    )


def _whole(classes: Sequence[ClassMonth]) -> ClassMonth:
    """Return the year: days, movers and sums added, 在籍 of its two ends."""
    days: dict[str, int] = {}
    for one in classes:
        for grade, count in one.grade_days.items():
            days[grade] = days.get(grade, 0) + count
    first, last = (classes[0].enrolled[0], classes[-1].enrolled[3]) if classes else (0, 0)
    came, left = (sum(one.enrolled[n] for one in classes) for n in (1, 2))
    into, out = (sum(one.changed[n] for one in classes) for n in (0, 1))
    return ClassMonth(
        dict(sorted(days.items())),
        (first, came, left, last),
        (into, out),
        added(one.sums for one in classes),
    )


def unconfirmed(sheet: YearSheet) -> int:
    """Return the days of children nobody confirmed, which are in 授業日数 only."""
    sums = sheet.whole.sums
    return sums["required"] - sums["absent"] - sums["attended"]


QUANTITIES = tuple(SUMS)
"""The quantities of a year, in the month's order."""
