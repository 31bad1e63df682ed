"""The school days of children who are away for long, as the law counts them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.apps.attendance.queries.register import closed_day, day_of
from manabiya.law.attendance_day import Day
from manabiya.roster.models import Enrollment
from manabiya.roster.queries import SchoolDays, school_days

PRESENT = AttendanceMark.Status.PRESENT


def days_of_absent_children(
    student_ids: Collection[UUID], *, first: date, last: date, in_a_row: int, in_all: int
) -> dict[UUID, list[Day]]:
    """Return the confirmed school days of each child that may be away for long, in order.

    Those away on ``in_a_row`` days or more and on the last of their days, or on ``in_all`` days;
    nobody else's days are read. Whatever school and class noted them (four queries, one more for
    each school of the children). Days nobody confirmed are left out; those on which the class was
    closed (S4) are there. Authorise the children first.
    """
    away = _away(student_ids, first, last)
    often = [student_id for student_id, dates in away.items() if len(dates) >= in_a_row]
    known = _known(often, first, last)
    chosen = [
        student_id
        for student_id in often
        if len(away[student_id]) >= in_all or known.last_day(student_id) in away[student_id]
    ]
    marks = {
        (mark.student_id, mark.date): mark
        for mark in AttendanceMark.objects.filter(student_id__in=chosen, date__range=(first, last))
    }
    return {
        student_id: [
            closed_day(day, marks.get((student_id, day)))
            if is_closed
            else day_of(day, marks.get((student_id, day)), is_confirmed=True)
            for day, is_closed in known.days(student_id)
        ]
        for student_id in chosen
    }


def _away(student_ids: Collection[UUID], first: date, last: date) -> dict[UUID, set[date]]:
    """Return the days on which each child has a mark that is not 出席 (one query)."""
    rows = AttendanceMark.objects.filter(student_id__in=student_ids, date__range=(first, last))
    found: dict[UUID, set[date]] = defaultdict(set)
    for student_id, day in rows.exclude(status=PRESENT).values_list("student_id", "date"):
        found[student_id].add(day)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Where children sat, which days of their classes are confirmed, which were 授業日."""

    seats: dict[UUID, list[Enrollment]]
    confirmed: dict[UUID, list[date]]
    calendars: dict[UUID, SchoolDays]

    def days(self, student_id: UUID) -> list[tuple[date, bool]]:
        """Return the confirmed school days of a child in order, and those its class was closed."""
        return [found for seat in self.seats[student_id] for found in self._with_closed(seat)]

    def _with_closed(self, seat: Enrollment) -> list[tuple[date, bool]]:
        calendar = self.calendars[seat.school_id]
        closed = calendar.excused_days(seat.grade_level, seat.homeroom_id)
        return sorted(
            [(day, False) for day in self._of(seat)]
            + [(day, True) for day in closed if seat.holds_on(day)]
        )

    def last_day(self, student_id: UUID) -> date | None:
        """Return the last confirmed school day of a child."""
        seats = reversed(self.seats[student_id])
        return next((day for seat in seats for day in self._of(seat, is_backwards=True)), None)

    def _of(self, seat: Enrollment, *, is_backwards: bool = False) -> Iterator[date]:
        calendar, days = self.calendars[seat.school_id], self.confirmed[seat.homeroom_id]
        for day in reversed(days) if is_backwards else days:
            has_lessons = calendar.has_lessons(day, seat.grade_level, seat.homeroom_id)
            if seat.holds_on(day) and has_lessons:
                yield day


def _known(student_ids: Collection[UUID], first: date, last: date) -> _Known:
    seats: dict[UUID, list[Enrollment]] = defaultdict(list)
    rows = Enrollment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first),
        student_id__in=student_ids,
        starts_on__lte=last,
    ).order_by("starts_on")
    for row in rows:
        seats[row.student_id].append(row)
    everywhere = [row for found in seats.values() for row in found]
    confirmed: dict[UUID, list[date]] = defaultdict(list)
    days = ClassDay.objects.filter(
        homeroom_id__in={row.homeroom_id for row in everywhere},
        date__range=(first, last),
        confirmed_at__isnull=False,
    )
    for homeroom_id, day in days.order_by("date").values_list("homeroom_id", "date"):
        confirmed[homeroom_id].append(day)
    schools = {row.school_id for row in everywhere}
    return _Known(
        seats, confirmed, {school_id: school_days(school_id, first, last) for school_id in schools}
    )
