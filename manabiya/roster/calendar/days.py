"""The school days of a stretch, as plain values: what the calendar names, and what was changed.

The calendar says which days are 授業日; 休校 and 学年閉鎖 take a grade's day away. Where some classes
of a grade are closed the day stays one, and the children of the closed classes are excused (S4).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from manabiya.law.closures import Closure, closure_effect
from manabiya.roster.calendar.rules import ONE_DAY, Change, delay_of

ALL_GRADES = 0


@dataclass(frozen=True, slots=True)
class ClassOfGrade:
    """Children of one grade in a class, from the first to the last day on which there were any."""

    homeroom_id: UUID
    grade_level: int
    is_special: bool
    first: date
    last: date


@dataclass(frozen=True)
class SchoolDays:
    """授業日 of a school from ``first`` to ``last``; a row of one grade overrides that of all.

    ``changes``: what was decided about those days; ``classes``: the classes of each grade, known
    only where a class is closed.
    """

    first: date
    last: date
    rows: dict[tuple[date, int], tuple[bool, str]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    classes: tuple[ClassOfGrade, ...] = ()

    def is_planned(self, day: date, grade_level: int) -> bool:
        """Return whether the calendar names ``day`` a 授業日; a row of the grade overrides."""
        row = self.rows.get((day, grade_level)) or self.rows.get((day, ALL_GRADES))
        return row is not None and row[0]

    def is_school_day(self, day: date, grade_level: int) -> bool:
        """Return whether ``day`` is a 授業日 for the grade; a date without a row is none."""
        known = self._school_days.get((day, grade_level))
        if known is None:
            known = self.is_planned(day, grade_level) and not self._is_taken(day, grade_level)
            self._school_days[day, grade_level] = known
        return known

    def is_excused(self, day: date, grade_level: int, homeroom_id: UUID) -> bool:
        """Return whether the class is closed on a 授業日: its children are excused (S4)."""
        if day not in self._closings:
            return False
        closed = any(change.homeroom_id == homeroom_id for change in self._closings[day])
        return closed and self.is_school_day(day, grade_level)

    def has_lessons(self, day: date, grade_level: int, homeroom_id: UUID) -> bool:
        """Return whether a child of that grade and class has school on ``day``."""
        return self.is_school_day(day, grade_level) and not self.is_excused(
            day, grade_level, homeroom_id
        )

    def excused_days(self, grade_level: int, homeroom_id: UUID) -> list[date]:
        """Return the 授業日 on which the class is closed, in order."""
        return [d for d in sorted(self._closings) if self.is_excused(d, grade_level, homeroom_id)]

    def closure(self, day: date, grade_level: int, homeroom_id: UUID) -> Change | None:
        """Return the widest closure of the class on a day the calendar names a 授業日."""
        if day not in self._closings or not self.is_planned(day, grade_level):
            return None
        mine = [c for c in self._closings[day] if c.concerns(grade_level, homeroom_id)]
        return min(mine, key=lambda c: (c.homeroom_id is not None, c.grade_level), default=None)

    def changes_on(self, day: date) -> tuple[Change, ...]:
        """Return what was decided about ``day``."""
        return tuple(change for change in self.changes if change.covers(day))

    def delay(self, day: date, grade_level: int, homeroom_id: UUID | None = None) -> timedelta:
        """Return by how much ``day`` starts later for the grade and class (始業の繰下げ)."""
        return delay_of((c for c in self.changes if c.concerns(grade_level, homeroom_id)), day)

    def label(self, day: date) -> str:
        """Return what the day is called in the calendar (「文化の日」), or an empty text."""
        row = self.rows.get((day, ALL_GRADES))
        return row[1] if row else ""

    def days(self, grade_level: int) -> list[date]:
        """Return the 授業日 of a grade in order."""
        dates = sorted({day for day, _ in self.rows})
        return [day for day in dates if self.is_school_day(day, grade_level)]

    def days_with_lessons(self, grade_level: int, homeroom_id: UUID) -> list[date]:
        """Return the days on which a child of that grade and class has school, in order."""
        return [d for d in self.days(grade_level) if self.has_lessons(d, grade_level, homeroom_id)]

    def planned_days(self) -> list[date]:
        """Return the days the calendar names 授業日 for at least one grade."""
        return sorted({day for (day, _), (is_open, _label) in self.rows.items() if is_open})

    def open_days(self) -> list[date]:
        """Return the days that are 授業日 for at least one grade."""
        return sorted({day for day, grade in self.rows if self._is_open(day, grade)})

    def _is_open(self, day: date, grade_level: int) -> bool:
        grades = {one.grade_level for one in self.classes if one.first <= day <= one.last}
        if grade_level != ALL_GRADES or day not in self._closings or not grades:
            return self.is_school_day(day, grade_level)
        return any(self.is_school_day(day, grade) for grade in grades)

    def previous(self, day: date) -> date | None:
        """Return the last open day before ``day`` within the stretch read."""
        return max((d for d in self.open_days() if d < day), default=None)

    def next(self, day: date) -> date | None:
        """Return the first open day after ``day`` within the stretch read."""
        return min((d for d in self.open_days() if d > day), default=None)

    @cached_property
    def _closings(self) -> dict[date, list[Change]]:
        """Return the closures by day."""
        found: dict[date, list[Change]] = defaultdict(list)
        for change in self.changes:
            day = max(change.first, self.first)
            while change.is_closing and day <= min(change.last, self.last):
                found[day].append(change)
                day += ONE_DAY
        return found

    @cached_property
    def _school_days(self) -> dict[tuple[date, int], bool]:
        """What was asked already; the rows of a stretch never change."""
        return {}

    def _is_taken(self, day: date, grade_level: int) -> bool:
        """Return whether closures leave a grade no 授業日."""
        return day in self._closings and self._judge(day, grade_level) == "not_school_day"

    def _judge(self, day: date, grade_level: int) -> Closure:
        closings = self._closings[day]
        if any(c.homeroom_id is None and c.concerns(grade_level, None) for c in closings):
            return "not_school_day"
        together = [
            one
            for one in self.classes
            if one.grade_level == grade_level and one.first <= day <= one.last
        ]
        return closure_effect(
            [str(one.homeroom_id) for one in together],
            [str(c.homeroom_id) for c in closings if c.homeroom_id is not None],
            special_needs_classes=[str(one.homeroom_id) for one in together if one.is_special],
        )
