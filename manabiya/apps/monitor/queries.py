"""What the wall shows: classes with counts, and names where the school wants them; the devices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery

from manabiya.apps.attendance.queries.wall import WallDay, WallMark, wall_day
from manabiya.apps.monitor.models import MonitorDevice
from manabiya.apps.monitor.policies import MONITOR_MANAGE
from manabiya.apps.monitor.rules import ROOM, ROOM_BESIDE_OPEN_CLASSES, fitted
from manabiya.apps.monitor.wall import Wall
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.calendar.rules import later
from manabiya.roster.models import Appointment, CalendarDay, Enrollment, Homeroom, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected
from manabiya.roster.queries import SchoolDays, one_day

WORDS = ("not_arrived", "late", "absent")
"""Lists of names on the wall, by urgency."""


@dataclass(frozen=True, slots=True)
class Room:
    """A class of the wall with its counts; ``confirm_by`` is moved where it starts later."""

    name: str
    teachers: str
    enrolled: int
    present: int
    absent: int
    late: int
    not_arrived: int
    confirmed_at: datetime | None
    confirm_by: time


@dataclass(frozen=True, slots=True)
class Line:
    """A name on the wall; ``at``: when a late child is expected."""

    homeroom_name: str
    name: str
    at: time | None


@dataclass(frozen=True, slots=True)
class Names:
    """One list of names: how many there are at all, the lines that have room, how many have none.

    ``count`` may be more than both together: protected children are counted, never named.
    """

    word: str
    count: int
    lines: tuple[Line, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the wall."""

    wall: Wall
    rooms: tuple[Room, ...]
    names: tuple[Names, ...]

    @property
    def open_rooms(self) -> list[Room]:
        """Return the classes not confirmed yet."""
        return [room for room in self.rooms if room.confirmed_at is None]

    @property
    def is_late(self) -> bool:
        """Return whether the time of a class has passed that nobody confirmed."""
        return any(self.wall.now.time() >= room.confirm_by for room in self.open_rooms)

    def total(self, name: str) -> int:
        """Return the sum of a count over the classes."""
        return sum(getattr(room, name) for room in self.rooms)


def board(wall: Wall) -> Board:
    """Return the board of a device's school (three queries, however many children)."""
    rows = list(_rooms(wall.school_id, wall.day))
    calendar = _calendar(wall, rows)
    day = wall_day(wall.school_id, wall.day)
    rooms = {row.id for row in rows if _has_school(row, calendar)}
    marks = [mark for mark in day.marks if mark.homeroom_id in rooms]
    lines = _lines(marks, wall.day) if wall.shows_names else {}
    shown = tuple(_room(row, day, wall, calendar) for row in rows if row.id in rooms)
    has_open = any(room.confirmed_at is None for room in shown)
    space = ROOM_BESIDE_OPEN_CLASSES if has_open else ROOM
    return Board(wall, shown, _names(marks, lines, space))


def _rooms(school_id: UUID, day: date) -> QuerySet[Homeroom]:
    """Return the classes with teachers, children and calendar of the day."""
    posts = Appointment.objects.filter(
        on_day(day), post=Post.HOMEROOM_TEACHER, homeroom_id=OuterRef("id")
    ).order_by("starts_on", "id")
    seats = Enrollment.objects.filter(on_day(day), homeroom_id=OuterRef("id")).order_by()
    enrolled = seats.values("homeroom_id").annotate(found=Count("id")).values("found")
    days = CalendarDay.objects.filter(school_id=OuterRef("school_id"), date=day)
    days = days.order_by("grade_level")
    return (
        Homeroom.objects.filter(school_id=school_id, school_year=school_year_of(day))
        .annotate(
            teachers=ArraySubquery(posts.values("staff_member__family_name")),
            enrolled=Subquery(enrolled),
            grades=ArraySubquery(seats.distinct().values("grade_level")),
            day_grades=ArraySubquery(days.values("grade_level")),
            day_opens=ArraySubquery(days.values("is_school_day")),
        )
        .order_by("position", "name")
    )


def _calendar(wall: Wall, rows: list[Homeroom]) -> SchoolDays:
    """Return the calendar of the day as the classes hold it, with what the wall knows is changed."""
    known = zip(rows[0].day_grades, rows[0].day_opens, strict=True) if rows else ()  # type: ignore[attr-defined]
    return one_day(wall.school_id, wall.day, known, wall.changes)


def _has_school(row: Homeroom, calendar: SchoolDays) -> bool:
    """Return whether a grade of the class has school; nobody is asked for a closed class."""
    grades = row.grades  # type: ignore[attr-defined]
    return any(calendar.has_lessons(calendar.first, grade, row.id) for grade in grades)


def _room(row: Homeroom, day: WallDay, wall: Wall, calendar: SchoolDays) -> Room:
    grades = row.grades  # type: ignore[attr-defined]
    delay = max(calendar.delay(wall.day, grade, row.id) for grade in grades)
    enrolled: int = row.enrolled or 0  # type: ignore[attr-defined]
    counts = day.counts(row.id, enrolled)
    return Room(
        name=row.name,
        teachers="・".join(row.teachers),  # type: ignore[attr-defined]
        enrolled=enrolled,
        present=counts.present,
        absent=counts.absent,
        late=counts.late,
        not_arrived=counts.not_arrived,
        confirmed_at=day.confirmed.get(row.id),
        confirm_by=later(wall.confirm_by, delay),
    )


def _lines(marks: Collection[WallMark], day: date) -> dict[UUID, tuple[int, Line]]:
    """Return child → its line, in the order of the classes; protected children have none."""
    seats = (
        Enrollment.objects.filter(
            on_day(day), ~protected(), student_id__in=[mark.student_id for mark in marks]
        )
        .select_related("student", "homeroom")
        .order_by("homeroom__position", "homeroom__name", "roll_number", "id")
    )
    return {
        seat.student_id: (place, Line(seat.homeroom.name, seat.student.display_name, None))
        for place, seat in enumerate(seats)
    }


def _names(
    marks: Collection[WallMark], lines: dict[UUID, tuple[int, Line]], space: int
) -> tuple[Names, ...]:
    """Return a list for each word, by class and 出席番号, as long as there is room."""
    found = []
    for word in WORDS:
        mine = [mark for mark in marks if mark.word == word]
        named = [(*lines[mark.student_id], mark.at) for mark in mine if mark.student_id in lines]
        named.sort(key=lambda line: line[0])
        found.append((word, len(mine), [Line(x.homeroom_name, x.name, at) for _n, x, at in named]))
    shown = fitted([len(named) for _word, _count, named in found], space)
    return tuple(
        Names(word, count, tuple(named[:room]), len(named) - room)
        for (word, count, named), room in zip(found, shown, strict=True)
    )


def devices_of(viewer: Actor) -> list[MonitorDevice]:
    """Return the devices of the viewer's school that are paired or wait for their code."""
    rows = MONITOR_MANAGE.filter(viewer, MonitorDevice.objects.filter(revoked_at=None))
    return list(rows.select_related("created_by").order_by("-created_at", "id"))
