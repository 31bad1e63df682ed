"""What the projections hold, counted from the rows: the truth on the day it is asked.

Only children of confirmed classes that have lessons count; a class closed afterwards (学級閉鎖)
counts no more. A stretch of days is counted with the same few queries as one day.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import (
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
    SchoolDayCount,
)
from manabiya.apps.attendance.queries.illness import EXCLUDED_FOR_DISEASE, ILLNESSES
from manabiya.apps.attendance.rules import ABSENT_CODES
from manabiya.roster.models import DayChange, Enrollment
from manabiya.roster.models.day_change import standing
from manabiya.roster.queries import SchoolDays, calendars_on, enrolled_counts, school_days

Kind = SchoolDayCount.Kind
KINDS = {
    "present": Kind.PRESENT,
    "deemed_present": Kind.PRESENT,
    "absent_sick": Kind.ABSENT_SICK,
    "absent_other": Kind.ABSENT_OTHER,
    "attendance_suspension": Kind.SUSPENDED,
    "bereavement": Kind.BEREAVED,
    "not_arrived": Kind.NOT_ARRIVED,
}
BACK = timedelta(days=45)
"""How far the school day before may lie: a summer vacation is between them at most."""

FEW = 8
"""Up to so many days are asked for one by one, more as a stretch."""

Tally = Counter[tuple[str, str]]
"""(kind, detail) → how many."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What counting needs of a child's exception."""

    student_id: UUID
    homeroom_id: UUID
    date: date
    status: str
    cause: str
    late: bool
    left_early: bool
    reason: str

    @property
    def is_infectious(self) -> bool:
        return self.status == "attendance_suspension" and self.cause in EXCLUDED_FOR_DISEASE

    @property
    def is_ill(self) -> bool:
        """Return whether the child is away with an illness, as the nurse's board counts it."""
        return self.is_infectious or (
            self.status == "absent_sick" and self.reason in (*ILLNESSES, "")
        )


def counted(school_id: UUID, day: date) -> Tally:
    """Return the counts of a school on ``day`` (at most seven queries)."""
    return counted_between(school_id, day, day).get(day, Tally())


def counted_between(school_id: UUID, first: date, last: date) -> dict[date, Tally]:
    """Return the counts of every planned school day from ``first`` to ``last``."""
    calendar = school_days(school_id, first - BACK, last)
    days = [day for day in calendar.planned_days() if first <= day]
    if not days:
        return {}
    seats = _seats(school_id, first, last)
    confirmed = _confirmed(school_id, first, last)
    before = _before(calendar, days)
    marks = _marks(school_id, {*days, *(day for day in before.values() if day)})
    diseases = _diseases(school_id, first, last)
    found = {}
    for day in days:
        tally, asked = _of_seats(calendar, day, seats)
        rooms = {room: n for room, n in asked.items() if (room, day) in confirmed}
        tally[Kind.CONFIRMED_CLASSES, ""] = len(rooms)
        tally[Kind.PRESENT, ""] += sum(rooms.values())
        ill_before = {mark.student_id for mark in marks.get(before[day], ()) if mark.is_ill}
        for mark in marks.get(day, ()):
            if mark.homeroom_id in rooms:
                _add(tally, mark, diseases, ill_before)
        found[day] = +tally
        found[day][Kind.CONFIRMED_CLASSES, ""] = len(rooms)
    return found


def _before(calendar: SchoolDays, days: Sequence[date]) -> dict[date, date | None]:
    """Return the school day before each of ``days``, where it lies near enough."""
    open_days = calendar.open_days()
    found: dict[date, date | None] = {}
    for day in days:
        place = bisect_left(open_days, day)
        earlier = open_days[place - 1] if place else None
        found[day] = earlier if earlier and day - earlier <= BACK else None
    return found


def _add(
    tally: Tally,
    mark: _Mark,
    diseases: Mapping[UUID, list[tuple[excused.Days, str]]],
    ill_before: set[UUID],
) -> None:
    tally[Kind.PRESENT, ""] -= 1
    tally[KINDS[mark.status], ""] += 1
    tally[Kind.LATE, ""] += mark.late
    tally[Kind.LEFT_EARLY, ""] += mark.left_early
    if mark.is_infectious:
        periods = diseases.get(mark.student_id, ())
        disease = next((name for days, name in periods if days.holds(mark.date)), "")
        tally[Kind.SUSPENDED_BY, disease] += 1
    tally[Kind.NEWLY_ILL, ""] += mark.is_ill and mark.student_id not in ill_before


Seats = dict[tuple[UUID, int], list[tuple[date, date | None, int]]]
"""(class, grade) → from when to when how many children."""


def _seats(school_id: UUID, first: date, last: date) -> Seats:
    rows = (
        Enrollment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=first), school_id=school_id, starts_on__lte=last
        )
        .order_by()
        .values_list("homeroom_id", "grade_level", "starts_on", "ends_on")
        .annotate(Count("id"))
    )
    found: Seats = defaultdict(list)
    for homeroom_id, grade_level, starts_on, ends_on, number in rows:
        found[homeroom_id, grade_level].append((starts_on, ends_on, number))
    return found


def _of_seats(calendar: SchoolDays, day: date, seats: Seats) -> tuple[Tally, Counter[UUID]]:
    """Return what the calendar says of the day, and the children of each class with lessons."""
    tally: Tally = Tally()
    asked: Counter[UUID] = Counter()
    for (homeroom_id, grade_level), stays in seats.items():
        number = sum(n for start, end, n in stays if start <= day and (end is None or day <= end))
        if not number:
            continue
        if calendar.has_lessons(day, grade_level, homeroom_id):
            asked[homeroom_id] += number
        elif calendar.is_excused(day, grade_level, homeroom_id):
            tally[Kind.KEPT_AT_HOME, ""] += number
    scopes = [change.scope for change in calendar.changes_on(day) if change.is_closing]
    tally[Kind.SCHOOL_CLOSED, ""] = int("school" in scopes)
    tally[Kind.CLOSED_GRADES, ""] = scopes.count("grade")
    tally[Kind.CLOSED_CLASSES, ""] = scopes.count("homeroom")
    return tally, asked


def _confirmed(school_id: UUID, first: date, last: date) -> set[tuple[UUID, date]]:
    rows = ClassDay.objects.filter(
        homeroom__school_id=school_id, date__range=(first, last), confirmed_at__isnull=False
    )
    return set(rows.values_list("homeroom_id", "date"))


def _marks(school_id: UUID, days: set[date]) -> Mapping[date | None, list[_Mark]]:
    few = {"date__in": days} if len(days) < FEW else {"date__range": (min(days), max(days))}
    rows = AttendanceMark.objects.filter(homeroom__school_id=school_id, **few).values_list(
        "student_id", "homeroom_id", "date", "status", "cause", "late", "left_early", "reason"
    )
    found: dict[date | None, list[_Mark]] = defaultdict(list)
    for row in rows:
        found[row[2]].append(_Mark(*row))
    return found


def _diseases(
    school_id: UUID, first: date, last: date
) -> Mapping[UUID, list[tuple[excused.Days, str]]]:
    rows = ExcusedPeriod.objects.filter(
        Q(last_day=None) | Q(last_day__gte=first),
        school_id=school_id,
        kind=excused.SUSPENSION,
        status__in=excused.EXCUSING,
        first_day__lte=last,
    ).order_by("first_day", "id")
    found: dict[UUID, list[tuple[excused.Days, str]]] = defaultdict(list)
    for student_id, first_day, last_day, disease in rows.values_list(
        "student_id", "first_day", "last_day", "disease"
    ):
        found[student_id].append((excused.Days(first_day, last_day), disease))
    return found


def absences_between(first: date, last: date) -> dict[date, Counter[str]]:
    """Return the absences of the municipality by day and reason (two queries, more with closures)."""
    is_confirmed = Exists(
        ClassDay.objects.filter(
            homeroom_id=OuterRef("homeroom_id"), date=OuterRef("date"), confirmed_at__isnull=False
        )
    )
    rows = AttendanceMark.objects.filter(
        is_confirmed, status__in=ABSENT_CODES, date__range=(first, last)
    )
    grouped = rows.order_by().values_list("date", "homeroom_id", "reason").annotate(Count("id"))
    closed = {day: _without_lessons(day) for day in _days_with_closures(first, last)}
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, homeroom_id, reason, number in grouped:
        if homeroom_id not in closed.get(day, ()):
            found[day][reason] += number
    return found


def _days_with_closures(first: date, last: date) -> Iterator[date]:
    days = set()
    for row in DayChange.objects.filter(standing(first, last), kind=DayChange.Kind.CLOSED):
        day = max(row.starts_on, first)
        while day <= min(row.ends_on, last):
            days.add(day)
            day += timedelta(days=1)
    yield from sorted(days)


def _without_lessons(day: date) -> set[UUID]:
    """Return the classes of the municipality that have no lessons on ``day``."""
    calendars = calendars_on(day)
    rooms, asked = set(), set()
    for row in enrolled_counts(day):
        rooms.add(row.homeroom_id)
        calendar = calendars.get(row.school_id)
        if calendar and calendar.has_lessons(day, row.grade_level, row.homeroom_id):
            asked.add(row.homeroom_id)
    return rooms - asked
