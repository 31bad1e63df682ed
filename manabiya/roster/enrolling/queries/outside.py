"""Moves over the border of the city, as far as the viewer may know where to and where from."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from manabiya.kernel.access.actors import Actor
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.models import Arrival, Departure, Enrollment
from manabiya.roster.protection.masks import protected_among
from manabiya.roster.protection.policies import PROTECTION_VIEW

NEWS = timedelta(days=60)
PARTS = ("enrollment__student", "enrollment__school", "enrollment__homeroom")


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """A departure or an arrival in a list.

    ``how``: in words. ``is_masked``: where to or from is kept back (支援措置); ``place`` is empty
    then. ``state``: standing, or cancelled.
    """

    id: UUID
    enrollment: Enrollment
    is_arrival: bool
    how: str
    place: str
    note: str
    is_masked: bool
    state: str
    may_cancel: bool


def outside_lines(viewer: Actor) -> list[OutsideLine]:
    """Return the departures and arrivals of the last 60 days and to come (three queries).

    Of a protected child only who may see protection reads where it went or came from.
    """
    since = viewer.today - NEWS
    leaving = Departure.objects.filter(
        Q(enrollment__ends_on__gte=since) | Q(cancelled_at__date__gte=since)
    )
    coming = Arrival.objects.filter(enrollment__starts_on__gte=since)
    rows: list[Departure | Arrival] = [
        *TRANSFER.filter(viewer, leaving).select_related(*PARTS)[:500],
        *TRANSFER.filter(viewer, coming).select_related(*PARTS)[:500],
    ]
    hidden: frozenset[UUID] = frozenset()
    if not PROTECTION_VIEW.may(viewer):
        hidden = protected_among({row.enrollment.student_id for row in rows})
    lines = [_line(row, row.enrollment.student_id in hidden, viewer.today) for row in rows]
    return sorted(lines, key=_when, reverse=True)


def _when(line: OutsideLine) -> tuple[date, UUID]:
    seat = line.enrollment
    return (seat.starts_on if line.is_arrival else seat.ends_on or date.max, line.id)


def _line(row: Departure | Arrival, is_masked: bool, today: date) -> OutsideLine:
    seat = row.enrollment
    if isinstance(row, Arrival):
        place, how = _words(row.origin, row.origin_place), seat.get_entry_display()
        is_cancelled = False
    else:
        place, how = _words(row.destination, row.destination_place), seat.get_exit_display()
        is_cancelled = row.cancelled_at is not None
    may_cancel = not isinstance(row, Arrival) and not is_cancelled and seat.ends_on is not None
    return OutsideLine(
        id=row.id,
        enrollment=seat,
        is_arrival=isinstance(row, Arrival),
        how=how,
        place="" if is_masked else place,
        note="" if is_masked else row.note,
        is_masked=is_masked,
        state="cancelled" if is_cancelled else "standing",
        may_cancel=may_cancel and rules.may_take_back(seat.ends_on or today, today),
    )


def _words(name: str, place: str) -> str:
    return f"{name} {place}".strip()


def standing_departures(viewer: Actor) -> QuerySet[Departure]:
    """Return the departures the viewer may take back, with their people and places."""
    rows = Departure.objects.filter(cancelled_at=None).select_related(*PARTS)
    return TRANSFER.filter(viewer, rows)
