"""Moves that wait, and the classes to choose from."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from manabiya.kernel.access.actors import Actor
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.families.rules import DAY
from manabiya.roster.models import Enrollment, Homeroom, Transfer

NEWS = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A move in a list. ``may_accept``, ``may_cancel``: what the viewer's school can do with it."""

    transfer: Transfer
    may_accept: bool
    may_cancel: bool

    @property
    def state(self) -> str:
        """Return open, accepted or cancelled."""
        if self.transfer.closed_at is None:
            return "open"
        return "accepted" if self.transfer.to_enrollment_id else "cancelled"

    @property
    def transfer_day(self) -> date | None:
        """Return 転学 as the form writes it: the day before the new school accepted the child."""
        seat = self.transfer.to_enrollment
        return seat.starts_on - DAY if seat else None


def transfer_lines(viewer: Actor) -> list[TransferLine]:
    """Return the moves from and to the viewer's school (the board: of all): open ones first.

    Closed ones of the last 60 days follow (one query).
    """
    recent = Q(closed_at=None) | Q(last_day__gte=viewer.today - NEWS)
    rows = TRANSFER.filter(viewer, Transfer.objects.filter(recent)).select_related(
        "student",
        "from_school",
        "to_school",
        "from_enrollment__homeroom",
        "to_enrollment__homeroom",
    )
    found = rows.order_by("-last_day", "-id")[:500]
    lines = [_line(viewer, row) for row in found]
    return sorted(lines, key=lambda line: line.state != "open")


def _line(viewer: Actor, row: Transfer) -> TransferLine:
    is_open = row.closed_at is None
    at = viewer.school_id
    return TransferLine(
        row,
        may_accept=is_open and at in (None, row.to_school_id),
        may_cancel=is_open and at in (None, row.from_school_id),
    )


def open_transfers(viewer: Actor) -> QuerySet[Transfer]:
    """Return the open moves the viewer may act on, with their people and places."""
    rows = Transfer.objects.filter(closed_at=None).select_related(
        "student", "from_school", "to_school", "from_enrollment__homeroom"
    )
    return TRANSFER.filter(viewer, rows)


def waiting_count(viewer: Actor) -> int:
    """Return how many children wait to be accepted by the viewer's school (one query)."""
    return open_transfers(viewer).filter(to_school_id=viewer.at).count()


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class to seat a child in: how many are in it, and the number the child would get."""

    homeroom_id: UUID
    name: str
    count: int
    next_number: int


def class_choices(school_id: UUID, school_year: int, day: date) -> list[ClassChoice]:
    """Return the classes of a school in a year with their sizes on ``day`` (two queries)."""
    homerooms = Homeroom.objects.filter(school_id=school_id, school_year=school_year)
    numbers: dict[UUID, list[int]] = {}
    sitting: dict[UUID, int] = {}
    rows = Enrollment.objects.filter(homeroom__in=homerooms.values("id"))
    for row in rows.only("homeroom_id", "roll_number", "starts_on", "ends_on"):
        numbers.setdefault(row.homeroom_id, []).append(row.roll_number)
        sitting[row.homeroom_id] = sitting.get(row.homeroom_id, 0) + row.holds_on(day)
    return [
        ClassChoice(h.id, h.name, sitting.get(h.id, 0), rules.next_number(numbers.get(h.id, [])))
        for h in homerooms.order_by("position", "name")
    ]
