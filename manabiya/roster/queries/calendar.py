"""A school's calendar with what was changed about it, read as a whole: the source of 授業日数.

The calendar says which days are 授業日; 休校 and 学年閉鎖 take a grade's day away. Where some classes
of a grade are closed the day stays one, and the children of the closed classes are excused (S4).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    TimeField,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce

from manabiya.law.closures import Closure, closure_effect
from manabiya.roster.calendar.rules import CLOSED, ONE_DAY, Change, delay_of
from manabiya.roster.models import CalendarDay, DayChange, Enrollment, Homeroom, School
from manabiya.roster.models.day_change import standing

ALL_GRADES = 0
OF_A_CHANGE = (
    CharField(), DateField(), DateField(), UUIDField(), SmallIntegerField(), TimeField(),
    CharField(), UUIDField(),
)  # fmt: skip
"""Kinds of the columns a change has and a calendar day has not."""


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
        if not self.is_planned(day, grade_level):
            return False
        return day not in self._closings or self._effect(day, grade_level) != "not_school_day"

    def is_excused(self, day: date, grade_level: int, homeroom_id: UUID) -> bool:
        """Return whether the class is closed on a 授業日: its children are excused (S4)."""
        closed = any(change.homeroom_id == homeroom_id for change in self._closings.get(day, ()))
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
        if not self.is_planned(day, grade_level):
            return None
        mine = [c for c in self._closings.get(day, ()) if c.concerns(grade_level, homeroom_id)]
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

    def with_change(self, school_id: UUID, change: Change) -> "SchoolDays":
        """Return the calendar as it would be with a further change (one query for a closure)."""
        classes = self.classes
        if _needs_classes([change]) and not classes:
            classes = tuple(classes_of_grades([school_id], self.first, self.last)[school_id])
        return replace(self, changes=(*self.changes, change), classes=classes)

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

    def _effect(self, day: date, grade_level: int) -> Closure:
        """Judge the closures of a day for one grade."""
        known = self._effects.get((day, grade_level))
        if known is None:
            known = self._effects[day, grade_level] = self._judge(day, grade_level)
        return known

    @cached_property
    def _effects(self) -> dict[tuple[date, int], Closure]:
        return {}

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


def school_days(school_id: UUID, first: date, last: date) -> SchoolDays:
    """Return the calendar of a school from ``first`` to ``last`` (both inclusive).

    One query, one more where a grade or a class is closed.
    """
    found = _calendars(Q(school_id=school_id), first, last)
    return found.get(school_id) or SchoolDays(first, last)


def calendars_on(day: date) -> dict[UUID, SchoolDays]:
    """Return the calendar of one day of every school of the municipality that names the day."""
    return _calendars(Q(), day, day)


def _calendars(where: Q, first: date, last: date) -> dict[UUID, SchoolDays]:
    rows: dict[UUID, dict[tuple[date, int], tuple[bool, str]]] = defaultdict(dict)
    changes: dict[UUID, list[Change]] = defaultdict(list)
    asked = _calendar_rows(where, first, last).union(_change_rows(where, first, last), all=True)
    for school_id, day, grade_level, is_open, text, *rest in asked:
        if rest[0] is None:
            rows[school_id][day, grade_level] = (is_open, text)
        else:
            changes[school_id].append(_change(day, grade_level, text, *rest))
    partly = {school_id for school_id, found in changes.items() if _needs_classes(found)}
    classes = classes_of_grades(partly, first, last) if partly else {}
    return {
        school_id: SchoolDays(
            first, last, found, tuple(changes[school_id]), tuple(classes.get(school_id, ()))
        )
        for school_id, found in rows.items()
    }


def one_day(
    school_id: UUID, day: date, rows: Iterable[tuple[int, bool]], changes: tuple[Change, ...]
) -> SchoolDays:
    """Return the calendar of a day whose rows (grade, open) and changes were read already."""
    classes: tuple[ClassOfGrade, ...] = ()
    if _needs_classes(changes):
        classes = tuple(classes_of_grades([school_id], day, day).get(school_id, ()))
    known = {(day, grade_level): (is_open, "") for grade_level, is_open in rows}
    return SchoolDays(day, day, known, changes, classes)


def _needs_classes(changes: Iterable[Change]) -> bool:
    return any(change.is_closing and change.scope != "school" for change in changes)


def _calendar_rows(where: Q, first: date, last: date) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = CalendarDay.objects.filter(
        where, date__range=(first, last)
    ).values_list(
        "school_id", "date", "grade_level", "is_school_day", "label",
        *(Value(None, output_field=kind) for kind in OF_A_CHANGE),
    )  # fmt: skip
    return found


def _change_rows(where: Q, first: date, last: date) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = DayChange.objects.filter(where, standing(first, last)).values_list(
        "school_id", "starts_on", "grade_level", Value(False), "note", "kind", "ends_on",
        "withdrawn_from", "homeroom_id", "delay_minutes", "ends_at", "cause", "id",
    )  # fmt: skip
    return found


def _change(
    starts_on: date, grade_level: int, note: str, kind: str, ends_on: date, gone: date | None,
    homeroom_id: UUID | None, minutes: int, ends_at: time | None, cause: str, key: UUID,
) -> Change:  # fmt: skip
    last = min(ends_on, gone - ONE_DAY) if gone else ends_on
    return Change(
        kind, starts_on, last, grade_level, homeroom_id, minutes, ends_at, cause, note, key
    )


def classes_of_grades(
    school_ids: Collection[UUID], first: date, last: date
) -> dict[UUID, list[ClassOfGrade]]:
    """Return the classes in which children of each grade sat from ``first`` to ``last`` (one query)."""
    rows = (
        Enrollment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=first),
            school_id__in=school_ids,
            starts_on__lte=last,
        )
        .order_by()
        .values_list("school_id", "homeroom_id", "grade_level", "homeroom__kind")
        .annotate(begins=Min("starts_on"), ends=Max(Coalesce("ends_on", Value(last))))
    )
    found: dict[UUID, list[ClassOfGrade]] = defaultdict(list)
    for school_id, homeroom_id, grade_level, kind, begins, ends in rows:
        is_special = kind == Homeroom.Kind.SPECIAL_NEEDS
        found[school_id].append(ClassOfGrade(homeroom_id, grade_level, is_special, begins, ends))
    return found


def open_days() -> QuerySet[CalendarDay]:
    """Return the days of calendars on which a school is open: 休校 of the whole school left out."""
    closures = DayChange.objects.filter(
        Q(withdrawn_from=None) | Q(withdrawn_from__gt=OuterRef("date")),
        school_id=OuterRef("school_id"),
        kind=CLOSED,
        grade_level=ALL_GRADES,
        homeroom=None,
        starts_on__lte=OuterRef("date"),
        ends_on__gte=OuterRef("date"),
    )
    return CalendarDay.objects.filter(~Exists(closures), is_school_day=True)


def next_open_day(after: date) -> date | None:
    """Return the first day later than ``after`` on which most schools are open, None if none is."""
    days = open_days().filter(date__gt=after, grade_level=ALL_GRADES)
    counted = days.values("date").annotate(schools=Count("school_id")).order_by("date")
    most = counted.filter(schools__gte=School.objects.count() / 2)
    return most.values_list("date", flat=True).first()
