"""A city of three schools with illnesses of every size, counted."""

from dataclasses import dataclass
from typing import Any

import pytest

from manabiya.apps.attendance.jobs import recount_city_day, recount_school_day
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.roster.models import Enrollment, Homeroom, School, StaffMember
from manabiya.roster.models.dated import on_day

ELEMENTARY, JUNIOR_HIGH = "midorigaoka", "higashikawabata"


@dataclass
class Morning:
    """The two schools of the city on the day: confirmed, with children to mark."""

    city: Any

    def confirm(self, slug: str, *, but: int = 0) -> None:
        """Confirm every class of a school, but the last few."""
        rooms = Homeroom.objects.filter(school__slug=slug, school_year=2026).order_by("position")
        staff = StaffMember.objects.order_by("number")[0]
        ClassDay.objects.bulk_create(
            ClassDay(
                homeroom=room, date=self.city.today, confirmed_at=self.city.now(8, 30),
                confirmed_by=staff,
            )
            for room in list(rooms)[: len(rooms) - but]
        )  # fmt: skip

    def mark(self, slug: str, number: int, skip: int = 0, **values: Any) -> None:
        """Give ``number`` children of a school a value, leaving out the first ``skip``."""
        seats = Enrollment.objects.filter(on_day(self.city.today), school__slug=slug)
        staff = StaffMember.objects.order_by("number")[0]
        for seat in seats.order_by("homeroom__position", "roll_number")[skip : skip + number]:
            AttendanceMark.objects.create(
                student_id=seat.student_id, date=self.city.today, homeroom_id=seat.homeroom_id,
                source="teacher", decided_by=staff, decided_at=self.city.now(8, 30), **values,
            )  # fmt: skip

    def suspend(self, slug: str, number: int, disease: str, skip: int = 0) -> None:
        """Suspend children for a disease, decided."""
        seats = Enrollment.objects.filter(on_day(self.city.today), school__slug=slug)
        for seat in seats.order_by("homeroom__position", "roll_number")[skip : skip + number]:
            put_period(self.city, seat.student_id, disease=disease, last_day=self.city.today)
        self.mark(slug, number, skip, status="attendance_suspension", cause="S1")

    def count(self) -> None:
        """Write the counts of the day."""
        for school in School.objects.all():
            recount_school_day(school.id, self.city.today)
        recount_city_day(self.city.today)


@pytest.fixture
def morning(city):
    """Return the morning of the city; nobody wrote anything."""
    with city.tenant():
        AbsenceReport.objects.filter(date=city.today).delete()
        yield Morning(city)


@pytest.fixture
def ill(morning):
    """Return the city with small and large numbers at both schools, counted."""
    morning.confirm(ELEMENTARY)
    morning.confirm(JUNIOR_HIGH, but=2)
    morning.suspend(ELEMENTARY, 7, "influenza")
    morning.suspend(ELEMENTARY, 2, "covid19", skip=7)
    morning.mark(ELEMENTARY, 9, 10, status="absent_sick", reason="fever")
    morning.mark(ELEMENTARY, 3, 20, status="absent_other", reason="consultation")
    morning.suspend(JUNIOR_HIGH, 12, "influenza")
    morning.suspend(JUNIOR_HIGH, 6, "covid19", skip=12)
    morning.mark(JUNIOR_HIGH, 6, 20, status="absent_sick", reason="cold")
    morning.mark(JUNIOR_HIGH, 5, 30, status="absent_other", reason="family")
    morning.count()
    return morning
