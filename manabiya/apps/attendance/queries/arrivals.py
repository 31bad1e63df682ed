"""未着 of a school's day as the staff room needs it: who is missing, what became of others."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    ExcusedPeriod,
    MarkChange,
)
from manabiya.apps.attendance.policies import ARRIVAL_SETTLE
from manabiya.apps.attendance.queries.standing_rows import SHOWN
from manabiya.apps.attendance.rules import NOT_ARRIVED
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class MissingChild:
    """A child who is 未着; ``since``: when that was noted."""

    student_id: UUID
    homeroom_id: UUID
    since: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SettledChild:
    """A child that was 未着 and is not any more: what the day became, who wrote it and when."""

    student_id: UUID
    homeroom_id: UUID
    code: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Said:
    """That a report is there about a child: what kind, when it came; never the reason."""

    student_id: UUID
    kind: str
    at: datetime
    is_conflict: bool


def missing_children(viewer: Actor, *, day: date) -> list[MissingChild]:
    """Return the children who are 未着 on ``day``, the longest first (one query)."""
    rows = ARRIVAL_SETTLE.filter(
        viewer, AttendanceMark.objects.filter(date=day, status=NOT_ARRIVED)
    ).select_related("decided_by")
    return [
        MissingChild(row.student_id, row.homeroom_id, row.decided_at, row.decided_by.name)
        for row in rows.order_by("decided_at", "id")
    ]


def settled_children(viewer: Actor, *, day: date) -> list[SettledChild]:
    """Return the children who were 未着 on ``day`` and are not now, the newest first (two queries).

    Whoever changed the mark: the staff room, or the class page.
    """
    missing = {child.student_id for child in missing_children(viewer, day=day)}
    rows = ARRIVAL_SETTLE.filter(
        viewer, MarkChange.objects.filter(date=day, old__code=NOT_ARRIVED)
    ).select_related("changed_by")
    found: dict[UUID, SettledChild] = {}
    for row in rows.order_by("-changed_at", "-id"):
        if row.student_id not in missing:
            found.setdefault(
                row.student_id,
                SettledChild(
                    row.student_id,
                    row.homeroom_id,
                    row.new["code"],
                    row.changed_at,
                    row.changed_by.name,
                ),
            )
    return list(found.values())


def said_about(student_ids: Collection[UUID], *, day: date) -> dict[UUID, Said]:
    """Return the newest standing report of each child who has one (one query); authorise first."""
    rows = AbsenceReport.objects.filter(date=day, student_id__in=student_ids, status__in=SHOWN)
    return {
        row.student_id: Said(
            row.student_id,
            row.kind,
            row.changed_at or row.submitted_at,
            row.status == AbsenceReport.Status.CONFLICT,
        )
        for row in rows.order_by("submitted_at", "id")
    }


def kept_away(student_ids: Collection[UUID], *, day: date) -> frozenset[UUID]:
    """Return the children about whom a period (出席停止, 忌引 …) stands on ``day``, decided or not.

    The class page proposes them as away without a report; which kind it is stays there. One query;
    authorise first.
    """
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        first_day__lte=day,
        student_id__in=student_ids,
        status__in=excused.STANDING,
    )
    return frozenset(rows.values_list("student_id", flat=True))


def learning_elsewhere(homeroom_ids: Collection[UUID], *, day: date) -> Counter[UUID]:
    """Return how many children of each class learn at a facility on ``day`` (出席扱い).

    They are present by the register and not at school. One query; authorise first.
    """
    rows = AttendanceMark.objects.filter(
        homeroom_id__in=homeroom_ids, date=day, status=AttendanceMark.Status.DEEMED_PRESENT
    )
    return Counter(rows.values_list("homeroom_id", flat=True))
