"""The confirmed days of a school in a stretch, as plain rows for whoever counts them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.diseases import disease_label
from manabiya.apps.attendance.models import AttendanceMark, ClassDay, ExcusedPeriod
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy

__all__ = [
    "MarkLine",
    "Suspension",
    "confirmed_between",
    "disease_label",
    "marks_between",
    "suspension_starts",
    "suspensions_from",
]


@dataclass(frozen=True, slots=True)
class MarkLine:
    """The official exception of a child's day."""

    student_id: UUID
    homeroom_id: UUID
    date: date
    status: str
    cause: str
    late: bool
    left_early: bool


def confirmed_between(school_id: UUID, first: date, last: date) -> dict[UUID, set[date]]:
    """Return the confirmed days of each class of a school (one query); authorise first."""
    rows = ClassDay.objects.filter(
        homeroom__school_id=school_id, date__range=(first, last), confirmed_at__isnull=False
    )
    found: dict[UUID, set[date]] = defaultdict(set)
    for homeroom_id, day in rows.values_list("homeroom_id", "date"):
        found[homeroom_id].add(day)
    return found


def marks_between(school_id: UUID, first: date, last: date) -> list[MarkLine]:
    """Return the exceptions of a school by day (one query); authorise first."""
    rows = AttendanceMark.objects.filter(
        homeroom__school_id=school_id, date__range=(first, last)
    ).order_by("date")
    return [
        MarkLine(*row)
        for row in rows.values_list(
            "student_id", "homeroom_id", "date", "status", "cause", "late", "left_early"
        )
    ]


@dataclass(frozen=True, slots=True)
class Suspension:
    """A decided 出席停止: whose, of which disease (a key of ``law.exclusion``), from when to when."""

    student_id: UUID
    student_name: str
    disease: str
    first_day: date
    last_day: date | None


def suspensions_from(
    viewer: Actor, policy: Policy, first: date, last: date, *, disease: str = ""
) -> list[Suspension]:
    """Return the decided 出席停止 that begin in the stretch and ``policy`` lets the viewer see.

    At the school of the viewer, by first day (one query); ``disease``: only that one.
    """
    rows = policy.filter(viewer, ExcusedPeriod.objects.all()).filter(
        school_id=viewer.at,
        kind=excused.SUSPENSION,
        status__in=excused.EXCUSING,
        first_day__range=(first, last),
    )
    if disease:
        rows = rows.filter(disease=disease)
    return [
        Suspension(
            row.student_id, row.student.display_name, row.disease, row.first_day, row.last_day
        )
        for row in rows.select_related("student").order_by("first_day", "student__kana_key", "id")
    ]


def suspension_starts(school_id: UUID, first: date, last: date) -> list[tuple[date, str]]:
    """Return first day and disease of each decided 出席停止 of a school (one query)."""
    rows = ExcusedPeriod.objects.filter(
        school_id=school_id,
        kind=excused.SUSPENSION,
        status__in=excused.EXCUSING,
        first_day__range=(first, last),
    )
    return list(rows.values_list("first_day", "disease"))
