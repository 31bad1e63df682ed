"""Who comes for the children that leave early today, and who may go with whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance.models import Pickup
from manabiya.apps.attendance.policies import PICKUP_HANDLE
from manabiya.apps.attendance.queries.families import GONE
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import CallLine, StudentSeat, call_list, student_seats

ORDER = {"call_needed": 0, "refused": 1, "registered": 2, "cleared": 2}


@dataclass(frozen=True, slots=True)
class PickupLine:
    """A child that leaves early, with its class and who comes."""

    pickup: Pickup
    seat: StudentSeat

    @property
    def expected_time(self) -> str:
        """Return when the child leaves (「13:30」), or an empty text."""
        time = self.pickup.report.expected_time
        return f"{time:%-H:%M}" if time else ""

    @property
    def who(self) -> str:
        """Return the name of who comes."""
        if self.pickup.guardian is not None:
            return str(self.pickup.guardian.name)
        return str(self.pickup.name)

    @property
    def is_waiting(self) -> bool:
        """Return whether the child is not let go before staff have called."""
        return self.pickup.state == Pickup.State.CALL_NEEDED

    @property
    def may_go(self) -> bool:
        """Return whether the child can be handed over."""
        known = (Pickup.State.REGISTERED, Pickup.State.CLEARED)
        return self.pickup.released_at is None and self.pickup.state in known


def pickup_lines(viewer: Actor, *, day: date) -> list[PickupLine]:
    """Return the pick-ups of the viewer's school on ``day``: calls first, then by time (2 queries)."""
    rows = PICKUP_HANDLE.filter(
        viewer, Pickup.objects.filter(date=day).exclude(report__status__in=GONE)
    )
    pickups = list(rows.select_related("guardian", "report"))
    seats = student_seats([pickup.student_id for pickup in pickups], day)
    lines = [PickupLine(p, seats[p.student_id]) for p in pickups if p.student_id in seats]
    return sorted(lines, key=_urgency)


def _urgency(line: PickupLine) -> tuple[bool, int, str, str]:
    pickup = line.pickup
    gone = pickup.released_at is not None
    return gone, ORDER[pickup.state], line.expected_time.rjust(5, "0"), line.seat.kana


@dataclass(frozen=True, slots=True)
class PickupPage:
    """One pick-up, and whom to call about it now."""

    line: PickupLine
    calls: list[CallLine]


def pickup_page(viewer: Actor, *, pickup_id: UUID, now: datetime) -> PickupPage:
    """Return one pick-up (three queries); of another school or cancelled: 404."""
    rows = Pickup.objects.select_related("guardian", "report").exclude(report__status__in=GONE)
    pickup = PICKUP_HANDLE.get(viewer, rows, pk=pickup_id)
    seats = student_seats([pickup.student_id], pickup.date)
    return PickupPage(
        line=PickupLine(pickup, seats[pickup.student_id]),
        calls=call_list(pickup.student_id, now),
    )
