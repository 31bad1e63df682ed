"""確認を待つ出席簿: the closed months of a school nobody confirmed yet."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from manabiya.apps.register.models import CorrectionRequest, RegisterStep, RegisterVersion
from manabiya.apps.register.queries.stored import document_of
from manabiya.apps.register.queries.taking import may_confirm_on
from manabiya.kernel.access.actors import Actor

Kind = RegisterStep.Kind


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """A closed month before its confirmation; ``sha256``: digest of the newest version.

    ``is_clean``: no correction waits for a decision.
    """

    homeroom_id: UUID
    homeroom: str
    month: date
    sha256: str
    school_days: int
    absent: int
    rate: str
    closed_by: str
    closed_at: datetime
    is_clean: bool


def _unconfirmed(viewer: Actor) -> QuerySet[RegisterStep]:
    done = RegisterStep.objects.filter(
        homeroom_id=OuterRef("homeroom_id"), month=OuterRef("month"), kind=Kind.CONFIRMED
    )
    rows = RegisterStep.objects.filter(kind=Kind.CLOSED, homeroom__school_id=viewer.at)
    return rows.exclude(Exists(done))


def waiting_for_confirmation_count(viewer: Actor, day: date) -> int:
    """Return how many months wait for the viewer (two queries)."""
    return _unconfirmed(viewer).count() if may_confirm_on(viewer, day) else 0


def waiting_for_confirmation(viewer: Actor, day: date) -> list[WaitingMonth]:
    """Return the months that wait for the viewer, by class and month (four queries)."""
    if not may_confirm_on(viewer, day):
        return []
    steps = _unconfirmed(viewer).select_related("homeroom", "taken_by")
    rows = list(steps.order_by("month", "homeroom__position", "homeroom__name"))
    places = {(row.homeroom_id, row.month) for row in rows}
    versions = {
        (v.homeroom_id, v.month): v
        for v in RegisterVersion.objects.filter(
            homeroom_id__in={room for room, _ in places}, month__in={month for _, month in places}
        ).order_by("number")
    }
    asked = CorrectionRequest.objects.filter(
        homeroom_id__in={room for room, _ in places}, state=CorrectionRequest.State.OPEN
    )
    open_ones = set(asked.values_list("homeroom_id", "month"))
    return [
        _waiting(row, versions[row.homeroom_id, row.month], open_ones)
        for row in rows
        if (row.homeroom_id, row.month) in versions
    ]


def _waiting(
    row: RegisterStep, version: RegisterVersion, open_ones: set[tuple[UUID, date]]
) -> WaitingMonth:
    document = document_of(version)
    return WaitingMonth(
        homeroom_id=row.homeroom_id,
        homeroom=row.homeroom.name,
        month=row.month,
        sha256=version.sha256,
        school_days=max(document["grade_days"].values(), default=0),
        absent=document["totals"]["absent"],
        rate=document["rate"],
        closed_by=row.taken_by.name,
        closed_at=row.taken_at,
        is_clean=(row.homeroom_id, row.month) not in open_ones,
    )
