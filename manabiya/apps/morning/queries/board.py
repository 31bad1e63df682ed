"""The school's day on the page 今日: sums, what waits in the order of urgency, a line a class."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance import queries as attendance
from manabiya.apps.attendance.queries.pickups import pickup_lines
from manabiya.apps.attendance.queries.sums import Counts, total
from manabiya.apps.morning.policies import ABSENCE_WATCH, CASE_HANDLE
from manabiya.apps.morning.queries.cases import Cases, cases_of_today
from manabiya.apps.morning.queries.long_absence import long_absence_of
from manabiya.apps.morning.times import Morning, morning_of
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Cover


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class on the board, with who stands in for its teacher today.

    ``is_due``: the time by which it should be confirmed has passed.
    """

    line: attendance.HomeroomLine
    covers: tuple[str, ...]
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """The school's day. ``cases`` only for those who look after a 未着; others see its number.

    ``closed``: the classes that stay at home (休校, 閉鎖) while others have school.
    """

    morning: Morning
    is_due: bool
    classes: tuple[ClassLine, ...]
    cases: Cases | None
    calls_needed: int
    long_absent: int = 0
    closed: tuple[attendance.HomeroomLine, ...] = ()
    undecided: int = 0

    @property
    def lines(self) -> list[attendance.HomeroomLine]:
        """Return the classes with school today."""
        return [entry.line for entry in self.classes]

    @property
    def mine(self) -> list[attendance.HomeroomLine]:
        """Return the classes the viewer opens with reasons: what waits there waits for the viewer."""
        return [line for line in self.lines if line.may_open]

    @property
    def unconfirmed(self) -> list[attendance.HomeroomLine]:
        """Return the viewer's classes nobody confirmed."""
        return [line for line in self.mine if not line.is_confirmed]

    @property
    def overdue(self) -> list[attendance.HomeroomLine]:
        """Return the viewer's classes nobody confirmed although their time has passed."""
        due = {entry.line.card.id for entry in self.classes if entry.is_due}
        return [line for line in self.unconfirmed if line.card.id in due]

    @property
    def in_time(self) -> list[attendance.HomeroomLine]:
        """Return the viewer's classes nobody confirmed that still have time."""
        due = {entry.line.card.id for entry in self.classes if entry.is_due}
        return [line for line in self.unconfirmed if line.card.id not in due]

    @property
    def missing_is_due(self) -> bool:
        """Return whether somebody should telephone about a 未着 now."""
        if self.cases is None:
            return self.is_due
        return any(line.is_due for line in self.cases.open)

    @property
    def missing(self) -> list[attendance.HomeroomLine]:
        """Return the viewer's classes with a child that is 未着."""
        return [line for line in self.mine if line.counts.not_arrived]

    @property
    def missing_count(self) -> int:
        """Return how many children of those classes are 未着."""
        return sum(line.counts.not_arrived for line in self.missing)

    @property
    def conflicts(self) -> list[attendance.HomeroomLine]:
        """Return the viewer's classes with a report that came after the confirmation."""
        return [line for line in self.mine if line.conflicts]

    @property
    def escalated(self) -> list[str]:
        """Return the names of the 未着 that are a matter of the managers now."""
        lines = self.cases.open if self.cases else ()
        return [line.seat.name for line in lines if line.is_escalated]

    @property
    def called(self) -> int:
        """Return about how many 未着 somebody has telephoned."""
        return sum(bool(line.calls) for line in self.cases.open) if self.cases else 0

    @property
    def wait_count(self) -> int:
        """Return how many kinds of things wait."""
        waits = (
            self.escalated, self.overdue, self.in_time, self.missing, self.calls_needed,
            self.conflicts, self.long_absent, self.undecided,
        )  # fmt: skip
        return sum(map(bool, waits))

    @property
    def total(self) -> Counts:
        """Return the sums of the school; the children of closed classes count as excused."""
        excused = [line for line in self.closed if line.is_excused]
        return total(line.counts for line in [*self.lines, *excused])

    @property
    def proposed(self) -> int:
        """Return the children with a report nobody decided yet (仮)."""
        return sum(line.proposed for line in self.lines)

    @property
    def confirmed(self) -> int:
        """Return how many classes are confirmed."""
        return sum(line.is_confirmed for line in self.lines)

    @property
    def shows_causes(self) -> bool:
        """Return whether the viewer sees the causes of every class."""
        return len(self.mine) == len(self.lines)


def board_of_today(viewer: Actor, *, now: datetime) -> Board | None:
    """Return the day of the viewer's school, None when it has no school (a fixed number of queries)."""
    day = now.date()
    every = attendance.homeroom_lines(viewer, day=day)
    lines = [line for line in every if line.is_school_day]
    if not lines:
        return None
    morning = morning_of(viewer.at, day)
    covers = _covers([line.card.id for line in lines], day)
    cases = None
    if CASE_HANDLE.may(viewer):
        cases = cases_of_today(viewer, morning=morning, now=now)
    return Board(
        morning=morning,
        is_due=morning.is_due(now),
        closed=tuple(line for line in every if not line.is_school_day and line.closure),
        classes=tuple(_class(line, covers[line.card.id], morning, now) for line in lines),
        cases=cases,
        calls_needed=sum(line.is_waiting for line in pickup_lines(viewer, day=day)),
        long_absent=_long_absent(viewer, day),
        undecided=attendance.to_decide_count(viewer),
    )


def _class(
    line: attendance.HomeroomLine, covers: list[str], morning: Morning, now: datetime
) -> ClassLine:
    return ClassLine(line, tuple(covers), now.time() >= morning.confirm_by_after(line.delay))


def _long_absent(viewer: Actor, day: date) -> int:
    """Return about how many children an alert of long absence waits to be looked into."""
    if not ABSENCE_WATCH.may(viewer):
        return 0
    return long_absence_of(viewer, today=day).child_count


def _covers(homeroom_ids: list[UUID], day: date) -> dict[UUID, list[str]]:
    """Return the names of today's cover of each class (one query)."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Cover.objects.filter(date=day, homeroom_id__in=homeroom_ids)
    for cover in rows.select_related("staff_member").order_by("id"):
        found[cover.homeroom_id].append(cover.staff_member.name)
    return found
