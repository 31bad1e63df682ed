"""Counts days of many children at once, as ``law.attendance`` counts those of one.

Plain values in, plain values out: no Django, no clock. Only confirmed days count; 未着 and days
nobody confirmed are 未確認, which are neither present nor absent and not in M.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from manabiya.apps.statistics.periods import Span
from manabiya.law.attendance_figures import attendance_rate

KINDS = {
    "required": "出席しなければならない日数",
    "attended": "出席日数",
    "absent_sick": "病欠",
    "absent_other": "事故欠",
    "suspended": "出席停止等",
    "bereaved": "忌引等",
    "late": "遅刻",
    "left_early": "早退",
    "deemed": "うち出席扱い",
    "unconfirmed": "未確認",
}
"""What is counted: days, of late and left early times."""
NAMES = tuple(KINDS)
SUSPENDED_CAUSES = ("S1", "S2", "S3", "S4")
OWN_EXCUSES = ("attendance_suspension", "bereavement")
NOT_ARRIVED = "not_arrived"


class Stay(Protocol):
    """A child's place in a class from a day to a day (inclusive; None: still there)."""

    @property
    def student_id(self) -> UUID: ...
    @property
    def homeroom_id(self) -> UUID: ...
    @property
    def grade_level(self) -> int: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...


class Mark(Protocol):
    """The official exception of a child's day."""

    @property
    def student_id(self) -> UUID: ...
    @property
    def homeroom_id(self) -> UUID: ...
    @property
    def date(self) -> date: ...
    @property
    def status(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def late(self) -> bool: ...
    @property
    def left_early(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class RoomDays:
    """The 授業日 of a class and grade up to today, sorted: confirmed, not confirmed, closed (S4)."""

    confirmed: Sequence[date]
    unconfirmed: Sequence[date]
    closed: Sequence[date]


@dataclass(slots=True)
class Tally:
    """How many of each kind."""

    required: int = 0
    attended: int = 0
    absent_sick: int = 0
    absent_other: int = 0
    suspended: int = 0
    bereaved: int = 0
    late: int = 0
    left_early: int = 0
    deemed: int = 0
    unconfirmed: int = 0

    def add(self, other: "Tally") -> None:
        """Add another's numbers."""
        for name in NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def of(self, kind: str) -> int:
        """Return the number of a kind."""
        number: int = getattr(self, kind)
        return number

    @property
    def absent(self) -> int:
        """Return A: 病欠 and 事故欠."""
        return self.absent_sick + self.absent_other

    @property
    def excused(self) -> int:
        """Return S: 出席停止等 and 忌引等."""
        return self.suspended + self.bereaved

    @property
    def rate(self) -> Decimal | None:
        """Return 出席率 P/M in percent, one decimal, half up; None without a required day."""
        return attendance_rate(self.attended, self.required)


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum."""
    found = Tally()
    for tally in tallies:
        found.add(tally)
    return found


@dataclass(frozen=True, slots=True)
class Key:
    """A child in a class within one of the spans counted (``place``: its number)."""

    student_id: UUID
    homeroom_id: UUID
    grade_level: int
    place: int


@dataclass(slots=True)
class Counted:
    """The tallies by child, class and span, and the days behind each exception."""

    tallies: dict[Key, Tally] = field(default_factory=dict)
    days: dict[tuple[Key, str], list[date]] = field(default_factory=lambda: defaultdict(list))

    def sums(self, place: int) -> Tally:
        """Return everything of one span."""
        return total(tally for key, tally in self.tallies.items() if key.place == place)

    def by_room(self, place: int) -> dict[UUID, Tally]:
        """Return the sums of a span by class."""
        found: dict[UUID, Tally] = defaultdict(Tally)
        for key, tally in self.tallies.items():
            if key.place == place:
                found[key.homeroom_id].add(tally)
        return found

    def by_grade(self, place: int) -> dict[int, Tally]:
        """Return the sums of a span by grade."""
        found: dict[int, Tally] = defaultdict(Tally)
        for key, tally in self.tallies.items():
            if key.place == place:
                found[key.grade_level].add(tally)
        return found


Rooms = Mapping[tuple[UUID, int], RoomDays]
"""(class, grade) → its days."""


def count(
    stays: Iterable[Stay], marks: Iterable[Mark], rooms: Rooms, spans: Sequence[Span]
) -> Counted:
    """Return the tallies of every child in every span; spans may overlap."""
    found = Counted()
    places: dict[tuple[UUID, UUID], list[Stay]] = defaultdict(list)
    for stay in stays:
        places[stay.student_id, stay.homeroom_id].append(stay)
        for place, span in enumerate(spans):
            _plain_days(found, stay, rooms[stay.homeroom_id, stay.grade_level], place, span)
    sets = {key: _Sets(set(r.confirmed), set(r.closed)) for key, r in rooms.items()}
    for mark in marks:
        stay_of = places.get((mark.student_id, mark.homeroom_id), ())
        seat = next((stay for stay in stay_of if _holds(stay, mark.date)), None)
        if seat is None:
            continue
        for place, span in enumerate(spans):
            if span.holds(mark.date):
                key = Key(seat.student_id, seat.homeroom_id, seat.grade_level, place)
                _exception(found, key, mark, sets[seat.homeroom_id, seat.grade_level])
    return found


def _holds(stay: Stay, day: date) -> bool:
    return stay.starts_on <= day and (stay.ends_on is None or day <= stay.ends_on)


@dataclass(frozen=True, slots=True)
class _Sets:
    confirmed: set[date]
    closed: set[date]


def _plain_days(found: Counted, stay: Stay, room: RoomDays, place: int, span: Span) -> None:
    """Count a stay as if the child had come every day."""
    first = max(stay.starts_on, span.first)
    last = min(stay.ends_on or span.last, span.last)
    if first > last:
        return
    key = Key(stay.student_id, stay.homeroom_id, stay.grade_level, place)
    tally = found.tallies.setdefault(key, Tally())
    confirmed = len(_between(room.confirmed, first, last))
    tally.required += confirmed
    tally.attended += confirmed
    for kind, days in (
        ("unconfirmed", _between(room.unconfirmed, first, last)),
        ("suspended", _between(room.closed, first, last)),
    ):
        if days:
            setattr(tally, kind, tally.of(kind) + len(days))
            found.days[key, kind].extend(days)


def _between(days: Sequence[date], first: date, last: date) -> Sequence[date]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _exception(found: Counted, key: Key, mark: Mark, room: _Sets) -> None:
    """Put an exception in the place of a day present."""
    tally = found.tallies[key]
    if mark.date in room.closed:
        _while_closed(found, key, tally, mark)
        return
    if mark.date not in room.confirmed:
        return
    for name in ("late", "left_early"):
        if getattr(mark, name):
            _one_more(found, key, tally, name, mark.date)
    if mark.status == "deemed_present":
        _one_more(found, key, tally, "deemed", mark.date)
    elif mark.status in ("absent_sick", "absent_other"):
        tally.attended -= 1
        _one_more(found, key, tally, mark.status, mark.date)
    elif mark.status in OWN_EXCUSES or mark.status == NOT_ARRIVED:
        tally.required -= 1
        tally.attended -= 1
        _one_more(found, key, tally, _excuse(mark), mark.date)


def _while_closed(found: Counted, key: Key, tally: Tally, mark: Mark) -> None:
    """A child excused for a cause of its own keeps it while its class is closed."""
    if mark.status in OWN_EXCUSES and _excuse(mark) == "bereaved":
        tally.suspended -= 1
        found.days[key, "suspended"].remove(mark.date)
        _one_more(found, key, tally, "bereaved", mark.date)


def _excuse(mark: Mark) -> str:
    """Return the kind of a day outside M: 出席停止等 (S1–S4), 忌引等 (S5–S7) or 未確認 (未着)."""
    if mark.status == NOT_ARRIVED:
        return "unconfirmed"
    return "suspended" if mark.cause in SUSPENDED_CAUSES else "bereaved"


def _one_more(found: Counted, key: Key, tally: Tally, kind: str, day: date) -> None:
    setattr(tally, kind, tally.of(kind) + 1)
    found.days[key, kind].append(day)
