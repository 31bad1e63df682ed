"""The city's day from projections and roster counts only: numbers, never names."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.models import SchoolDayCount
from manabiya.apps.attendance.policies import CITY_VIEW
from manabiya.apps.attendance.rules import Counts, total
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import (
    EnrolledCount,
    SchoolCard,
    calendars_on,
    enrolled_counts,
    schools_of_municipality,
)

COUNTED = (
    "present", "absent_sick", "absent_other", "suspended", "bereaved", "not_arrived", "late",
    "left_early",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school's day. Nobody of an unconfirmed class counts as present."""

    school: SchoolCard
    is_open: bool
    classes: int
    confirmed_classes: int
    counts: Counts

    @property
    def is_confirmed(self) -> bool:
        """Return whether every class of the school is confirmed."""
        return self.confirmed_classes >= self.classes


@dataclass(frozen=True, slots=True)
class CityDay:
    """The city's day: a line per school, and the sum of the open ones."""

    date: date
    lines: tuple[SchoolLine, ...]
    total: Counts

    @property
    def open_lines(self) -> list[SchoolLine]:
        """Return the schools that have school today."""
        return [line for line in self.lines if line.is_open]

    @property
    def unconfirmed(self) -> list[SchoolLine]:
        """Return the open schools with an unconfirmed class."""
        return [line for line in self.open_lines if not line.is_confirmed]

    @property
    def confirmed_schools(self) -> int:
        """Return how many open schools have confirmed every class."""
        return len(self.open_lines) - len(self.unconfirmed)

    @property
    def classes(self) -> int:
        """Return the classes with school today."""
        return sum(line.classes for line in self.open_lines)

    @property
    def confirmed_classes(self) -> int:
        """Return the confirmed classes."""
        return sum(line.confirmed_classes for line in self.open_lines)


def city_day(viewer: Actor, *, day: date) -> CityDay:
    """Return the city on ``day`` (four queries, however many schools)."""
    CITY_VIEW.require(viewer)
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    for row in CITY_VIEW.filter(viewer, SchoolDayCount.objects.filter(date=day)):
        counted[row.school_id][row.kind] = row.count
    calendars = calendars_on(day)
    enrolled: dict[UUID, list[EnrolledCount]] = defaultdict(list)
    for entry in enrolled_counts(day):
        calendar = calendars.get(entry.school_id)
        if calendar is not None and calendar.is_school_day(day, entry.grade_level):
            enrolled[entry.school_id].append(entry)
    lines = tuple(
        _line(school, enrolled[school.id], counted[school.id])
        for school in schools_of_municipality()
    )
    return CityDay(day, lines, total(line.counts for line in lines))


def _line(school: SchoolCard, enrolled: list[EnrolledCount], counted: dict[str, int]) -> SchoolLine:
    known = {kind: counted.get(kind, 0) for kind in COUNTED}
    everybody = sum(entry.count for entry in enrolled)
    decided = sum(known.values()) - known["late"] - known["left_early"]
    return SchoolLine(
        school=school,
        is_open=bool(enrolled),
        classes=len({entry.homeroom_id for entry in enrolled}),
        confirmed_classes=counted.get("confirmed_classes", 0),
        counts=Counts(
            enrolled=max(everybody, decided), unconfirmed=max(everybody - decided, 0), **known
        ),
    )
