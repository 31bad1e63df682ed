"""給食の数: how many eat in each class today; counts only, no names, no causes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from manabiya.apps.attendance import queries as attendance
from manabiya.apps.attendance.queries.arrivals import kept_away, learning_elsewhere, said_about
from manabiya.apps.morning.queries.seats import child_seats
from manabiya.apps.morning.times import Morning, morning_of
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class LunchLine:
    """A class: children away are certain once it is confirmed, else those reported or kept
    away by a period (出席停止 …) (仮). Who learns at a facility (出席扱い) is away too.

    ``meals`` hold a child that is 未着 or comes late: nobody knows yet that it does not eat.
    """

    name: str
    enrolled: int
    away: int
    not_arrived: int
    late: int
    left_early: int
    confirmed_at: datetime | None

    @property
    def meals(self) -> int:
        """Return how many eat."""
        return self.enrolled - self.away


@dataclass(frozen=True, slots=True)
class LunchSheet:
    """The sheet of a school's day."""

    morning: Morning
    is_due: bool
    lines: tuple[LunchLine, ...]

    @property
    def total(self) -> LunchLine:
        """Return the sums."""
        fields = ("enrolled", "away", "not_arrived", "late", "left_early")
        sums = {name: sum(getattr(line, name) for line in self.lines) for name in fields}
        return LunchLine(name="", confirmed_at=None, **sums)

    @property
    def unconfirmed(self) -> list[LunchLine]:
        """Return the classes whose number may still change."""
        return [line for line in self.lines if line.confirmed_at is None]


def lunch_sheet(viewer: Actor, *, now: datetime) -> LunchSheet:
    """Return how many eat in each class with school today (a fixed number of queries)."""
    day = now.date()
    morning = morning_of(viewer.at, day)
    lines = [line for line in attendance.homeroom_lines(viewer, day=day) if line.is_school_day]
    elsewhere = learning_elsewhere([line.card.id for line in lines], day=day)
    open_ids = [line.card.id for line in lines if not line.is_confirmed]
    seats = child_seats(day, homerooms=open_ids)
    ids = [seat.student_id for seat in seats]
    said = said_about(ids, day=day)
    gone = {who for who, word in said.items() if word.kind == "absent"} | kept_away(ids, day=day)
    away = Counter(seat.homeroom_id for seat in seats if seat.student_id in gone)
    return LunchSheet(
        morning=morning,
        is_due=now.time() >= morning.lunch_by,
        lines=tuple(_line(line, away[line.card.id], elsewhere[line.card.id]) for line in lines),
    )


def _line(line: attendance.HomeroomLine, reported: int, elsewhere: int) -> LunchLine:
    counts = line.counts
    return LunchLine(
        name=line.card.name,
        enrolled=counts.enrolled,
        away=counts.absent + counts.excused + elsewhere if line.is_confirmed else reported,
        not_arrived=counts.not_arrived,
        late=counts.late,
        left_early=counts.left_early,
        confirmed_at=line.confirmed_at,
    )
