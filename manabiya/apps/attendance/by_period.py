"""Decisions about attendance by period (校時) on plain values: which classes, and the day it gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.law.periods import day_from_periods
from manabiya.law.school import SchoolKind

PERIODS = (1, 2, 3, 4, 5, 6)
HERE, AWAY, LATE, LEFT = "", "absent", "late", "left_early"
STATUSES = (HERE, AWAY, LATE, LEFT)
"""What a child was in a lesson, in the order a tap goes through them."""
FIRST_GRADE_OF_JUNIOR_PART = 7


def is_by_period(school_kind: str, grade_level: int) -> bool:
    """Return whether a grade may be taken by period: 中学校, and the grades 7 to 9 of 義務教育学校."""
    kind = SchoolKind(school_kind)
    return kind is SchoolKind.JUNIOR_HIGH or (
        kind is SchoolKind.COMPULSORY_EDUCATION and grade_level >= FIRST_GRADE_OF_JUNIOR_PART
    )


@dataclass(frozen=True, slots=True)
class Lessons:
    """A child's lessons so far: the periods somebody took, and the exceptions among them."""

    taken: frozenset[int] = frozenset()
    marks: Mapping[int, str] | None = None

    @property
    def statuses(self) -> list[str]:
        """Return what the child was in each taken period, in order."""
        marks = self.marks or {}
        return [marks.get(period, HERE) for period in sorted(self.taken)]

    @property
    def exceptions(self) -> list[tuple[int, str]]:
        """Return the taken periods with something to say."""
        marks = self.marks or {}
        return [(period, marks[period]) for period in sorted(self.taken) if marks.get(period)]

    @property
    def code(self) -> str:
        """Return the code of the day derived from the taken periods; present without any.

        As :func:`manabiya.law.periods.day_from_periods`; late in the first lesson is 遅刻 too, and
        leaving during the last one 早退.
        """
        statuses = self.statuses
        if not statuses:
            return rules.PRESENT
        day = day_from_periods([status != AWAY for status in statuses])
        if day.status.value != rules.PRESENT:
            return day.status.value
        return rules.code_of(
            "present",
            late=day.late or statuses[0] == LATE,
            left_early=day.left_early or statuses[-1] == LEFT,
        )


NONE = Lessons()


def propose(lessons: Lessons, reported: str) -> str:
    """Return what is proposed for a day with taken periods, over what the reports propose.

    Who was in a lesson is present, whatever was said; a 早退 that is still to come stays. Of a child
    in no lesson so far the reports say more than the lessons do.
    """
    if not lessons.taken:
        return reported
    code = lessons.code
    if code in rules.ABSENT_CODES:
        return code if reported == rules.PRESENT else reported
    found, said = rules.CODES[code], rules.CODES[reported]
    return rules.code_of("present", late=found.late, left_early=found.left_early or said.left_early)


@dataclass(frozen=True, slots=True)
class Cell:
    """One lesson of one child in a form: what it was opened with, and what is chosen."""

    student_id: UUID
    period: int
    base: str
    chosen: str


@dataclass(frozen=True, slots=True)
class CellClash:
    """A lesson of a child both changed to different values."""

    student_id: UUID
    period: int
    mine: str
    standing: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The lessons that change, and those that need a choice."""

    values: Mapping[tuple[UUID, int], str]
    clashes: tuple[CellClash, ...] = ()


def merge(cells: Sequence[Cell], standing: Mapping[tuple[UUID, int], str]) -> Merged:
    """Merge a form with what stands now, lesson by lesson (three-way)."""
    values, clashes = {}, []
    for cell in cells:
        now = standing.get((cell.student_id, cell.period), HERE)
        if cell.chosen in (cell.base, now):
            continue
        if now != cell.base:
            clashes.append(CellClash(cell.student_id, cell.period, cell.chosen, now))
        else:
            values[cell.student_id, cell.period] = cell.chosen
    return Merged(values, tuple(clashes))
