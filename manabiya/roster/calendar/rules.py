"""Decisions about changed school days on plain values; no Django, no clock."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

CLOSED, DELAYED, EARLY = "closed", "delayed_start", "early_end"
WEATHER, INFECTION, OTHER = "weather", "infection", "other"
LAST_MINUTE = time(23, 59)
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=31)
MOST_MINUTES = 360
FURTHEST = timedelta(days=60)
"""So far ahead a change can be decided."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that holds from ``first`` to ``last`` (both inclusive).

    About a class (``homeroom_id``), else a grade (``grade_level``), else the whole school.
    ``minutes``: by how much the day starts later; ``ends_at``: when it ends early.
    """

    kind: str
    first: date
    last: date
    grade_level: int = 0
    homeroom_id: UUID | None = None
    minutes: int = 0
    ends_at: time | None = None
    cause: str = OTHER
    note: str = ""
    id: UUID | None = None

    @property
    def scope(self) -> str:
        """Return what it is about: ``homeroom``, ``grade`` or ``school``."""
        if self.homeroom_id is not None:
            return "homeroom"
        return "grade" if self.grade_level else "school"

    @property
    def is_closing(self) -> bool:
        """Return whether there is no school."""
        return self.kind == CLOSED

    @property
    def delay(self) -> timedelta:
        """Return by how much the day starts later."""
        return timedelta(minutes=self.minutes)

    def covers(self, day: date) -> bool:
        """Return whether it holds on ``day``."""
        return self.first <= day <= self.last

    def concerns(self, grade_level: int, homeroom_id: UUID | None) -> bool:
        """Return whether it is about a child of that grade and class."""
        if self.homeroom_id is not None:
            return self.homeroom_id == homeroom_id
        return self.grade_level in (0, grade_level)

    def meets(self, other: "Change") -> bool:
        """Return whether both hold on some day."""
        return self.first <= other.last and other.first <= self.last


def later(moment: time, delay: timedelta) -> time:
    """Return ``moment`` moved on by ``delay``, at the latest 23:59."""
    moved = datetime.combine(date.min, moment) + delay
    return moved.time() if moved.date() == date.min else LAST_MINUTE


def delay_of(changes: Iterable[Change], day: date) -> timedelta:
    """Return by how much the day starts later for whom all ``changes`` are about."""
    found = (change.delay for change in changes if change.kind == DELAYED and change.covers(day))
    return max(found, default=timedelta())


Grades = Mapping[UUID, Collection[int]]
"""Class → the grades of its children."""


def shares(one: Change, other: Change, grades: Grades) -> bool:
    """Return whether some child may be concerned by both."""
    for wide, narrow in ((one, other), (other, one)):
        if wide.scope == "school":
            return True
        if wide.scope == "grade" and narrow.homeroom_id is not None:
            return wide.grade_level in grades.get(narrow.homeroom_id, ())
    return (one.grade_level, one.homeroom_id) == (other.grade_level, other.homeroom_id)


def contains(wide: Change, narrow: Change, grades: Grades) -> bool:
    """Return whether everybody ``narrow`` is about is concerned by ``wide`` too."""
    if wide.scope == "school":
        return True
    if wide.scope == "grade" and narrow.homeroom_id is not None:
        return set(grades.get(narrow.homeroom_id, ())) == {wide.grade_level}
    return (wide.grade_level, wide.homeroom_id) == (narrow.grade_level, narrow.homeroom_id)


def contradicts(new: Change, standing: Change, grades: Grades) -> bool:
    """Return whether ``new`` can't be decided while ``standing`` holds.

    A child's day has one start and one end, and none of them while there is no school. A class
    that is closed already may see the whole school closed, and the rest of a school start later.
    """
    if not new.meets(standing):
        return False
    if standing.is_closing:
        return contains(standing, new, grades)
    if new.is_closing:
        return contains(new, standing, grades)
    return new.kind == standing.kind and shares(new, standing, grades)
