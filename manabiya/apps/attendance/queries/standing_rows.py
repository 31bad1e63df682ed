"""The rows behind what stands for a class: six tables in one shape, to be asked in one query.

Columns: kind, id, child (of a day or a taken period: the class), code, flag, other flag, reason,
note, moment, time, family and given name of who said it.
"""

from collections.abc import Collection
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
    PeriodMark,
    PeriodRoll,
)
from manabiya.apps.attendance.queries.facility_days import excuses

OPEN = (AbsenceReport.Status.SUBMITTED, AbsenceReport.Status.CHANGED)
SHOWN = (*OPEN, AbsenceReport.Status.CONFLICT)


def class_days(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    empty = Value("", output_field=CharField())
    rows = ClassDay.objects.filter(
        homeroom_id__in=homeroom_ids, date=day, confirmed_at__isnull=False
    )
    found: QuerySet[Any, Any] = rows.values_list(
        Value("day"), "id", "homeroom_id", empty, Value(False), Value(False), empty, empty,
        "confirmed_at", Value(time.min), "confirmed_by__family_name", "confirmed_by__given_name",
    )  # fmt: skip
    return found


def marks(homeroom_id: UUID, day: date, guests: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = AttendanceMark.objects.filter(
        Q(homeroom_id=homeroom_id) | Q(student_id__in=guests)
        if guests
        else Q(homeroom_id=homeroom_id),
        date=day,
    )
    is_disaster = When(cause=rules.CODES["disaster"].cause, then=Value("disaster"))
    code = Case(is_disaster, default=F("status"), output_field=CharField())
    found: QuerySet[Any, Any] = rows.values_list(
        Value("mark"), "id", "student_id", code, "late", "left_early", "reason", "note",
        "decided_at", "arrived_time", "decided_by__family_name", "decided_by__given_name",
    )  # fmt: skip
    return found


def reports(day: date, student_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    is_open = Case(When(status__in=OPEN, then=Value(True)), default=Value(False))
    rows = AbsenceReport.objects.filter(date=day, student_id__in=student_ids, status__in=SHOWN)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("report"), "id", "student_id", "kind", "is_after_cutoff", is_open, "reason", "note",
        "submitted_at", F("expected_time"), "staff_member__family_name",
        "staff_member__given_name",
    )  # fmt: skip
    return found


def rolls(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    """Return the taken periods of the classes; the number stands in the place of the note."""
    empty = Value("", output_field=CharField())
    rows = PeriodRoll.objects.filter(homeroom_id__in=homeroom_ids, date=day)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("roll"), "id", "homeroom_id", empty, Value(False), Value(False), empty,
        Cast("period", CharField()), "taken_at", Value(time.min), empty, empty,
    )  # fmt: skip
    return found


def lessons(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    """Return the exceptions by period of the classes; the number stands in the place of the note."""
    empty = Value("", output_field=CharField())
    rows = PeriodMark.objects.filter(homeroom_id__in=homeroom_ids, date=day)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("lesson"), "id", "student_id", "status", Value(False), Value(False), empty,
        Cast("period", CharField()), "marked_at", Value(time.min), "marked_by__family_name",
        "marked_by__given_name",
    )  # fmt: skip
    return found


def periods(day: date, student_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """Return the one period of each child that holds on ``day``; its days as a text."""
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        first_day__lte=day,
        student_id__in=student_ids,
        status__in=excused.STANDING,
    )
    is_decided = Case(When(status__in=excused.EXCUSING, then=Value(True)), default=Value(False))
    last = Coalesce(Cast("last_day", CharField()), Value(""))
    days = Concat(Cast("first_day", CharField()), Value(" "), last)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("period"), "id", "student_id", "kind", is_decided, excuses(day), "disease", days,
        Coalesce("decided_at", "proposed_at"), Value(time.min),
        Coalesce("decided_by__family_name", "proposed_by__family_name"),
        Coalesce("decided_by__given_name", "proposed_by__given_name"),
    )  # fmt: skip
    return found
