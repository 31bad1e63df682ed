"""A school's calendar with what was changed about it, read as a whole: the source of 授業日数."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, time
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

from manabiya.roster.calendar.days import ALL_GRADES, ClassOfGrade, SchoolDays
from manabiya.roster.calendar.rules import CLOSED, ONE_DAY, Change
from manabiya.roster.models import CalendarDay, DayChange, Enrollment, Homeroom, School
from manabiya.roster.models.day_change import standing

OF_A_CHANGE = (
    CharField(), DateField(), DateField(), UUIDField(), SmallIntegerField(), TimeField(),
    CharField(), UUIDField(),
)  # fmt: skip
"""Kinds of the columns a change has and a calendar day has not."""


def school_days(school_id: UUID, first: date, last: date) -> SchoolDays:
    """Return the calendar of a school from ``first`` to ``last`` (both inclusive).

    One query, one more where a grade or a class is closed.
    """
    found = _calendars(Q(school_id=school_id), first, last)
    return found.get(school_id) or SchoolDays(first, last)


def calendars_on(day: date) -> dict[UUID, SchoolDays]:
    """Return the calendar of one day of every school of the municipality that names the day."""
    return _calendars(Q(), day, day)


def calendars_of(school_ids: Collection[UUID], first: date, last: date) -> dict[UUID, SchoolDays]:
    """Return the calendars of several schools from ``first`` to ``last`` (one or two queries)."""
    return _calendars(Q(school_id__in=school_ids), first, last)


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


def with_change(school_id: UUID, calendar: SchoolDays, change: Change) -> SchoolDays:
    """Return the calendar as it would be with a further change (one query for a closure)."""
    classes = calendar.classes
    if _needs_classes([change]) and not classes:
        found = classes_of_grades([school_id], calendar.first, calendar.last)
        classes = tuple(found.get(school_id, ()))
    return replace(calendar, changes=(*calendar.changes, change), classes=classes)


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
