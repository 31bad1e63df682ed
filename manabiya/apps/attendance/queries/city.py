"""The city's day from projections and roster counts only: numbers, never names."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance.policies import CITY_VIEW
from manabiya.apps.attendance.queries.counts import Numbers, counts_by_school
from manabiya.apps.attendance.rules import Counts, total
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.events.behind import Behind, behind
from manabiya.roster.calendar.rules import EARLY
from manabiya.roster.queries import (
    EnrolledCount,
    SchoolCard,
    SchoolDays,
    calendars_on,
    enrolled_counts,
    schools_of_municipality,
)

RECOUNT = "attendance-recount"
"""The subscription that writes the counts."""
COUNTED = (
    "present", "absent_sick", "absent_other", "suspended", "bereaved", "not_arrived", "late",
    "left_early",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SchoolChanges:
    """What a school changed about the day, in numbers: closed, and who starts or ends otherwise.

    ``closed_grades`` and ``closed_classes``: those that stay at home while others come.
    """

    is_closed: bool = False
    closed_grades: int = 0
    closed_classes: int = 0
    delayed: int = 0
    early: int = 0

    @property
    def is_partly_closed(self) -> bool:
        """Return whether grades or classes stay at home while others come."""
        return bool(not self.is_closed and (self.closed_grades or self.closed_classes))


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school's day. Nobody of an unconfirmed class counts as present.

    The children of a closed class (学級閉鎖) count as excused, and their class is not asked for.
    ``numbers``: the stored counts, with those by disease.
    """

    school: SchoolCard
    is_open: bool
    classes: int
    confirmed_classes: int
    counts: Counts
    changed: SchoolChanges = SchoolChanges()
    numbers: Numbers = field(default_factory=Numbers)

    @property
    def is_confirmed(self) -> bool:
        """Return whether every class of the school is confirmed."""
        return self.confirmed_classes >= self.classes


@dataclass(frozen=True, slots=True)
class CityDay:
    """The city's day: a line per school, and the sum of the open ones.

    ``behind``: confirmations that are stored and not yet in these counts; None while none waits.
    """

    date: date
    lines: tuple[SchoolLine, ...]
    total: Counts
    behind: Behind | None = None

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
    def closed_schools(self) -> int:
        """Return how many schools are closed (休校)."""
        return sum(line.changed.is_closed for line in self.lines)

    @property
    def partly_closed_schools(self) -> int:
        """Return at how many schools grades or classes are closed."""
        return sum(line.changed.is_partly_closed for line in self.lines)

    @property
    def delayed_schools(self) -> int:
        """Return at how many schools that have school somebody starts later."""
        return sum(bool(line.changed.delayed) for line in self.open_lines)

    @property
    def early_schools(self) -> int:
        """Return at how many schools that have school somebody ends earlier."""
        return sum(bool(line.changed.early) for line in self.open_lines)

    @property
    def changes(self) -> list[str]:
        """Return in words at how many schools the day is changed."""
        said = (
            (self.closed_schools, _("休校 %(n)d校")),
            (self.partly_closed_schools, _("学年・学級の閉鎖 %(n)d校")),
            (self.delayed_schools, _("始業の繰下げ %(n)d校")),
            (self.early_schools, _("早く終わる %(n)d校")),
        )
        return [words % {"n": n} for n, words in said if n]

    @property
    def classes(self) -> int:
        """Return the classes with school today."""
        return sum(line.classes for line in self.open_lines)

    @property
    def confirmed_classes(self) -> int:
        """Return the confirmed classes."""
        return sum(line.confirmed_classes for line in self.open_lines)


def city_day(viewer: Actor, *, day: date) -> CityDay:
    """Return the city on ``day`` (five queries, however many schools; six with a closed class)."""
    CITY_VIEW.require(viewer)
    counted = counts_by_school(viewer, day=day)
    calendars = calendars_on(day)
    enrolled: dict[UUID, list[EnrolledCount]] = defaultdict(list)
    for entry in enrolled_counts(day):
        calendar = calendars.get(entry.school_id)
        if calendar is not None and calendar.is_school_day(day, entry.grade_level):
            enrolled[entry.school_id].append(entry)
    lines = tuple(
        _line(
            school, enrolled[school.id], counted.get(school.id) or Numbers(),
            calendars.get(school.id) or SchoolDays(day, day),
        )
        for school in schools_of_municipality()
    )  # fmt: skip
    waiting = behind(viewer.municipality_id, RECOUNT)
    return CityDay(day, lines, total(line.counts for line in lines), waiting)


def _line(
    school: SchoolCard,
    enrolled: list[EnrolledCount],
    counted: Numbers,
    calendar: SchoolDays,
) -> SchoolLine:
    day = calendar.first
    closed = [e for e in enrolled if calendar.is_excused(day, e.grade_level, e.homeroom_id)]
    excused = sum(entry.count for entry in closed)
    known = {kind: counted[kind, ""] for kind in COUNTED}
    everybody = sum(entry.count for entry in enrolled)
    decided = sum(known.values()) - known["late"] - known["left_early"] + excused
    known["suspended"] += excused
    closed_ids = {entry.homeroom_id for entry in closed}
    return SchoolLine(
        school=school,
        is_open=bool(enrolled),
        classes=len({entry.homeroom_id for entry in enrolled} - closed_ids),
        confirmed_classes=counted["confirmed_classes", ""],
        counts=Counts(
            enrolled=max(everybody, decided), unconfirmed=max(everybody - decided, 0), **known
        ),
        changed=_changes(calendar),
        numbers=counted,
    )


def _changes(calendar: SchoolDays) -> SchoolChanges:
    """Return the numbers of what was decided about the day."""
    day = calendar.first
    if not any(is_open for is_open, _label in calendar.rows.values()):
        return SchoolChanges()
    changes = calendar.changes_on(day)
    scopes = [change.scope for change in changes if change.is_closing]
    return SchoolChanges(
        is_closed="school" in scopes,
        closed_grades=scopes.count("grade"),
        closed_classes=scopes.count("homeroom"),
        delayed=max((change.minutes for change in changes), default=0),
        early=sum(change.kind == EARLY for change in changes),
    )
