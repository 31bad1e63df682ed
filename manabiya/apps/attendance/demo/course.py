"""One school in one school year, read from the roster: who sat where on which 授業日."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.demo.marks import Marks
from manabiya.law.school_year import first_day, last_day
from manabiya.roster.models import Appointment, CalendarDay, Enrollment, Homeroom, Post, School


@dataclass(slots=True)
class Sitting:
    """A child in a class, from a day to a day."""

    student: str
    grade: int
    first: date
    last: date


@dataclass(slots=True)
class Classroom:
    """A homeroom with its 学級担任 and children; ``closed``: 授業日 on which it stayed at home."""

    key: str
    name: str
    is_special: bool
    teacher: str
    sittings: list[Sitting] = field(default_factory=list)
    closed: set[date] = field(default_factory=set)

    @property
    def grades(self) -> set[int]:
        """Return the grades that sit here."""
        return {sitting.grade for sitting in self.sittings}


@dataclass(frozen=True, slots=True)
class Closing:
    """A class stays at home for some days (学級閉鎖); ``decided_on``: the day before them."""

    room: str
    decided_on: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Head:
    """Who decides at a school from a day to a day."""

    person: str
    first: date
    last: date


@dataclass(slots=True)
class Course:
    """A school's year up to the story's today; ``days``: the 授業日 of each grade in order.

    ``closed``: days on which a grade had no school after all; ``closings``: what was decided, by
    whom of the ``heads``.
    """

    school: str
    kind: str
    is_evening: bool
    year: int
    rooms: list[Classroom]
    days: dict[int, list[date]]
    marks: Marks = field(default_factory=dict)
    closed: set[tuple[int, date]] = field(default_factory=set)
    closings: list[Closing] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def head_on(self, day: date) -> str:
        """Return who decides at the school on a day."""
        return next(head.person for head in self.heads if head.first <= day <= head.last)

    def days_of(self, sitting: Sitting) -> list[date]:
        """Return the 授業日 a child belongs to the class."""
        days = self.days[sitting.grade]
        return days[bisect_left(days, sitting.first) : bisect_right(days, sitting.last)]

    def close(self) -> None:
        """Take the closed days out of the grades' 授業日."""
        for grade in {grade for grade, _ in self.closed}:
            self.days[grade] = [d for d in self.days[grade] if (grade, d) not in self.closed]

    def present_on(self, room: Classroom) -> Counter[date]:
        """Return how many children the class has on each day on which it has school."""
        found: Counter[date] = Counter()
        whole: Counter[int] = Counter()
        for sitting in room.sittings:
            if sitting.first <= first_day(self.year) and sitting.last >= last_day(self.year):
                whole[sitting.grade] += 1
            else:
                found.update(self.days_of(sitting))
        for grade, count in whole.items():
            for day in self.days[grade]:
                found[day] += count
        return found


def courses(year: int, today: date) -> Iterator[Course]:
    """Yield every school's year, by code, with the days before ``today``."""
    calendars = _calendars(year, today)
    rooms, heads = _rooms(year), _heads(year)
    for school in list(School.objects.order_by("code")):
        days = calendars[school.id]
        grades = {s.grade for room in rooms[school.id] for s in room.sittings}
        yield Course(
            school=school.id.hex,
            kind=school.kind,
            is_evening=school.is_evening,
            year=year,
            rooms=rooms[school.id],
            days={grade: _open_days(days, grade) for grade in grades},
            heads=heads[school.id] + heads[school.main_school_id],
        )


def _calendars(year: int, today: date) -> dict[UUID, dict[date, dict[int, bool]]]:
    found: dict[UUID, dict[date, dict[int, bool]]] = defaultdict(lambda: defaultdict(dict))
    rows = CalendarDay.objects.filter(
        date__gte=first_day(year), date__lte=last_day(year), date__lt=today
    ).order_by("date")
    for school_id, day, grade, is_open in rows.values_list(
        "school_id", "date", "grade_level", "is_school_day"
    ):
        found[school_id][day][grade] = is_open
    return found


def _open_days(days: dict[date, dict[int, bool]], grade: int) -> list[date]:
    return [day for day, rows in days.items() if rows.get(grade, rows.get(0, False))]


def _heads(year: int) -> dict[UUID | None, list[Head]]:
    """Return 校長 of each school, then 教頭 (one query)."""
    posts = Appointment.objects.filter(
        post__in=(Post.PRINCIPAL, Post.VICE_PRINCIPAL), starts_on__lte=last_day(year)
    ).order_by("post", "starts_on", "id")
    found: dict[UUID | None, list[Head]] = defaultdict(list)
    for school_id, person, first, last in posts.values_list(
        "school_id", "staff_member_id", "starts_on", "ends_on"
    ):
        found[school_id].append(Head(person.hex, first, last or date.max))
    return found


def _rooms(year: int) -> dict[UUID, list[Classroom]]:
    """Return the classes of each school with their children (three queries)."""
    posts = Appointment.objects.filter(
        post=Post.HOMEROOM_TEACHER, homeroom__school_year=year
    ).order_by("id")
    teachers = dict(posts.values_list("homeroom_id", "staff_member_id"))
    by_school: dict[UUID, list[Classroom]] = defaultdict(list)
    by_id: dict[UUID, Classroom] = {}
    for row in Homeroom.objects.filter(school_year=year).order_by("school_id", "position"):
        is_special = row.kind == Homeroom.Kind.SPECIAL_NEEDS
        room = Classroom(row.id.hex, row.name, is_special, teachers[row.id].hex)
        by_id[row.id] = room
        by_school[row.school_id].append(room)
    rows = Enrollment.objects.filter(homeroom__school_year=year).order_by("id")
    for homeroom_id, student_id, grade, first, last in rows.values_list(
        "homeroom_id", "student_id", "grade_level", "starts_on", "ends_on"
    ):
        sitting = Sitting(student_id.hex, grade, first, last or last_day(year))
        by_id[homeroom_id].sittings.append(sitting)
    return by_school
