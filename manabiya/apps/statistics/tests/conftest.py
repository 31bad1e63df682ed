"""A school with what the statistics are about: long absences, suspensions, months of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 19)
SCHOOL = "/m/shirakabano/school/midorigaoka/"
BOARD = "/m/shirakabano/board/"


@dataclass
class Year:
    """緑が丘 with every 授業日 of autumn confirmed in its first classes, and children away for long."""

    city: Any
    school_id: Any
    rooms: list[Any]
    long_absent: list[Any]

    def client(self, role, school="midorigaoka"):
        return self.city.client(role, school)


def confirm(room, days, staff, now):
    from manabiya.apps.attendance.models import ClassDay

    ClassDay.objects.filter(homeroom=room, date__in=days).delete()
    ClassDay.objects.bulk_create(
        ClassDay(homeroom=room, date=day, confirmed_at=now, confirmed_by=staff) for day in days
    )


def put(seat, days, staff, now, status="absent_other", cause=""):
    """Write the same mark on some days of a child."""
    from manabiya.apps.attendance.models import AttendanceMark

    AttendanceMark.objects.filter(student_id=seat.student_id, date__in=days).delete()
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            student_id=seat.student_id, date=day, homeroom_id=seat.homeroom_id, status=status,
            cause=cause, source="teacher", decided_by=staff, decided_at=now,
        )
        for day in days
    )  # fmt: skip


def suspend(seat, disease, first, staff, now):
    """Decide a 出席停止 of five days."""
    from manabiya.apps.attendance.models import ExcusedPeriod

    return ExcusedPeriod.objects.create(
        student_id=seat.student_id, school_id=seat.school_id, kind="suspension", disease=disease,
        first_day=first, last_day=first + timedelta(days=4), status="decided", proposed_by=staff,
        proposed_at=now, decided_by=staff, decided_at=now,
    )  # fmt: skip


@pytest.fixture
def year(city):
    from manabiya.roster.models import Enrollment, Homeroom, StaffMember
    from manabiya.roster.queries import school_days

    with city.tenant():
        rooms = list(
            Homeroom.objects.filter(school__slug="midorigaoka", school_year=2026).order_by(
                "position"
            )[:4]
        )
        school_id = rooms[0].school_id
        staff, now = StaffMember.objects.order_by("number")[0], city.now()
        days = school_days(school_id, FIRST, LAST).open_days()
        away = []
        for room in rooms:
            confirm(room, days, staff, now)
            first, second = Enrollment.objects.filter(homeroom=room, ends_on=None).order_by(
                "roll_number"
            )[:2]
            put(first, days[:28], staff, now)
            put(first, days[28:33], staff, now, "attendance_suspension", "S1")
            put(second, days[10:12], staff, now, "absent_sick")
            put(second, days[40:41], staff, now, "bereavement", "S5")
            suspend(second, "influenza", date(2026, 11, 4), staff, now)
            suspend(first, "covid19", date(2026, 10, 19), staff, now)
            away.append(first)
        yield Year(city, school_id, rooms, away)
