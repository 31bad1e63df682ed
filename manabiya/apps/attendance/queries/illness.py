"""Who is away with an illness: the confirmed days of a stretch, and this morning's reports (仮)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
)
from manabiya.apps.attendance.policies import CLASS_VIEW
from manabiya.apps.attendance.queries.standing_rows import OPEN
from manabiya.kernel.access.actors import Actor

ILLNESSES = rules.SICK_REASONS - {"injury", "clinic"}
"""Reasons that may spread or stand for something that does; けが and 通院 are none."""
EXCLUDED_FOR_DISEASE = ("S1", "S3")
"""Causes of an excused day that mean an infectious disease (``law.attendance_causes``)."""


@dataclass(frozen=True, slots=True)
class IllDay:
    """A child away with an illness on a day (class Ⅱ).

    ``reason``: one of :data:`ILLNESSES`, or empty where the school noted none; ``disease``: a key
    of ``law.exclusion``, empty while nobody knows. ``is_proposed``: a report, or a
    period of 出席停止, of a class not confirmed yet.
    """

    student_id: UUID
    homeroom_id: UUID
    date: date
    is_suspended: bool
    reason: str
    disease: str
    is_proposed: bool = False


def ill_days(viewer: Actor, *, first: date, last: date) -> list[IllDay]:
    """Return who is ill from ``first`` to ``last``, by day, class and child (three queries).

    Days of confirmed classes by their marks; of classes not confirmed on ``last`` what the open
    reports and the periods of 出席停止 propose.
    """
    found = _marked(viewer, first, last) + _proposed(viewer, last)
    return sorted(found, key=lambda row: (row.date, str(row.homeroom_id), str(row.student_id)))


def _marked(viewer: Actor, first: date, last: date) -> list[IllDay]:
    sick = Q(status="absent_sick", reason__in=[*ILLNESSES, ""])
    away = Q(status="attendance_suspension", cause__in=EXCLUDED_FOR_DISEASE)
    rows = AttendanceMark.objects.filter(sick | away, date__range=(first, last))
    values = CLASS_VIEW.filter(viewer, rows).values_list(
        "student_id", "homeroom_id", "date", "status", "reason", "report__disease"
    )
    return [
        IllDay(student_id, homeroom_id, day, status != "absent_sick", reason, disease or "")
        for student_id, homeroom_id, day, status, reason, disease in values
    ]


def _proposed(viewer: Actor, day: date) -> list[IllDay]:
    """Return who is ill in pencil: by a period of 出席停止, else by the newest open report."""
    found = {row.student_id: row for row in _kept_away(viewer, day)}
    reports = AbsenceReport.objects.filter(date=day, status__in=OPEN)
    rows = CLASS_VIEW.filter(viewer, _of_open_classes(reports, day))
    newest = {row.student_id: row for row in rows.order_by("submitted_at", "id")}
    for row in newest.values():
        if row.kind == rules.ABSENT and row.reason in ILLNESSES:
            found.setdefault(
                row.student_id,
                IllDay(row.student_id, row.homeroom_id, day, False, row.reason, row.disease, True),
            )
    return list(found.values())


def _kept_away(viewer: Actor, day: date) -> list[IllDay]:
    """Return who a period of 出席停止 keeps away on ``day``; until decided it is an illness."""
    periods = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        first_day__lte=day,
        kind=excused.SUSPENSION,
        status__in=excused.STANDING,
    )
    return [
        IllDay(
            row.student_id, row.homeroom_id, day, row.status in excused.EXCUSING,
            excused.REASONS[row.kind], row.disease, True,
        )
        for row in CLASS_VIEW.filter(viewer, _of_open_classes(periods, day))
    ]  # fmt: skip


def _of_open_classes(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Return rows about children of classes nobody confirmed on ``day``, with ``homeroom_id``."""
    seat = Q(student__enrollments__starts_on__lte=day) & (
        Q(student__enrollments__ends_on__isnull=True) | Q(student__enrollments__ends_on__gte=day)
    )
    confirmed = ClassDay.objects.filter(
        date=day, confirmed_at__isnull=False, homeroom_id=OuterRef("homeroom_id")
    )
    seated = rows.filter(seat).annotate(homeroom_id=F("student__enrollments__homeroom_id"))
    return seated.filter(~Exists(confirmed))


def reason_label(reason: str) -> str:
    """Return the word of a reason in the language of the page."""
    return str(AbsenceReport.Reason(reason).label)


def away_between(first: date, last: date) -> frozenset[tuple[UUID, date]]:
    """Return who was not at school on which day, all of the municipality (one query).

    For the demo's story, which tells of nobody being seen at school on such a day.
    """
    rows = AttendanceMark.objects.filter(date__range=(first, last)).exclude(status="present")
    return frozenset(rows.values_list("student_id", "date"))
