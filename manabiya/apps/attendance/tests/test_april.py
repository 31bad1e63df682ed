"""From 4/1 until the new roster is in: a guardian can report, the last school sees it."""

from datetime import date, timedelta

import pytest

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.queries import waiting_lines
from manabiya.kernel.clock import real_now
from manabiya.roster.enrolling.services import close_school_year
from manabiya.roster.models import (
    Appointment,
    CalendarDay,
    Enrollment,
    GuardianRight,
    Homeroom,
    School,
    Student,
)
from manabiya.roster.queries import children_of

LAST, FIRST = date(2027, 3, 31), date(2027, 4, 1)
HOME = "/m/shirakabano/family/"
SCHOOL = "/m/shirakabano/school/midorigaoka/attendance/"


@pytest.fixture
def clock_at(city):
    def set_it(day):
        municipality = city.municipality()
        now = city.now() + (day - city.today)
        municipality.clock_offset_seconds = int((now - real_now()).total_seconds())
        municipality.save(update_fields=["clock_offset_seconds"])

    return set_it


@pytest.fixture
def child(city):
    """Return the right of the demo's guardian for a child of the 小学校 below the last grade."""
    with city.tenant():
        Appointment.objects.filter(ends_on=LAST).update(ends_on=None)
        GuardianRight.objects.filter(ends_on=LAST).update(ends_on=None)
        rights = GuardianRight.objects.filter(
            guardian_id=city.membership("guardian").person_id,
            student__enrollments__school__slug="midorigaoka",
        )
        found = rights[0]
        Enrollment.objects.filter(student_id=found.student_id, grade_level=6).update(grade_level=5)
        return found


def close(city):
    from dataclasses import replace

    actor = replace(city.actor("principal", "midorigaoka"), today=LAST)
    close_school_year(actor=actor, school_year=2026, now=city.now())


def send(city, right, day=FIRST):
    words = {"kind": "absent", "date": day.isoformat(), "reason": "fever", "key": f"april {day}"}
    return city.client("guardian").post(f"{HOME}report/{right.student_id}/", words)


@pytest.mark.parametrize("is_closed", [True, False])
def test_report_is_taken_and_the_last_schools_managers_see_it(city, child, clock_at, is_closed):
    with city.tenant():
        name = Student.objects.get(pk=child.student_id).display_name
        if is_closed:
            close(city)
    clock_at(FIRST)
    home = city.client("guardian").get(HOME).content.decode()
    assert f"report/{child.student_id}/" in home
    assert send(city, child).status_code == 302
    with city.tenant():
        report = AbsenceReport.objects.get(idempotency_key=f"april {FIRST}")
        assert report.student_id == child.student_id
    for role in ("principal", "vice_principal"):
        page = city.client(role, "midorigaoka").get(SCHOOL).content.decode()
        assert "在籍が決まっていない児童の連絡" in page
        assert name in page
        assert "発熱" not in page
        full = city.client(role, "midorigaoka").get(f"{SCHOOL}waiting/").content.decode()
        assert "発熱" in full


@pytest.mark.parametrize("role", ["homeroom_teacher", "school_nurse", "office_staff"])
def test_nobody_else_sees_the_list(city, child, clock_at, role):
    with city.tenant():
        close(city)
    clock_at(FIRST)
    send(city, child)
    client = city.client(role, "midorigaoka")
    assert "在籍が決まっていない" not in client.get(SCHOOL).content.decode()
    assert client.get(f"{SCHOOL}waiting/").status_code == 403


def test_another_school_sees_nothing_of_it(city, child, clock_at):
    with city.tenant():
        close(city)
    clock_at(FIRST)
    send(city, child)
    client = city.client("principal", "higashikawabata")
    page = client.get("/m/shirakabano/school/higashikawabata/attendance/")
    assert page.status_code == 200
    assert "在籍が決まっていない" not in page.content.decode()


def test_it_ends_with_the_new_enrollment(city, child, clock_at):
    with city.tenant():
        close(city)
    clock_at(FIRST)
    send(city, child)
    with city.tenant():
        school = School.objects.get(slug="midorigaoka")
        room = Homeroom.objects.create(school=school, school_year=2027, name="新1組", position=1)
        manager = city.actor("principal", "midorigaoka")
        assert len(waiting_lines(manager, day=FIRST)) == 1
        Enrollment.objects.create(
            student_id=child.student_id, school=school, homeroom=room, grade_level=2, roll_number=1,
            starts_on=FIRST,
        )  # fmt: skip
        assert waiting_lines(manager, day=FIRST) == []
        [found] = [
            c for c in children_of(child.guardian_id, FIRST) if c.student_id == child.student_id
        ]
        assert (found.homeroom_name, found.is_waiting) == ("新1組", False)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [(LAST, True), (FIRST, True), (date(2027, 4, 30), True), (date(2027, 5, 1), False)],
)
def test_last_class_stands_in_until_the_end_of_april(city, child, day, is_there):
    with city.tenant():
        close(city)
        found = {c.student_id: c for c in children_of(child.guardian_id, day)}
    assert (child.student_id in found) is is_there
    if is_there:
        assert found[child.student_id].is_waiting is (day != LAST)


@pytest.mark.parametrize("exit_", ["transfer_out", "withdrawal"])
def test_who_has_left_waits_for_nothing(city, child, exit_):
    with city.tenant():
        seat = Enrollment.objects.filter(student_id=child.student_id)
        seat.update(ends_on=LAST, exit=exit_)
        assert child.student_id not in {c.student_id for c in children_of(child.guardian_id, FIRST)}


def test_who_finished_junior_high_waits_for_nothing(city, child):
    with city.tenant():
        junior = School.objects.get(slug="higashikawabata")
        seat = Enrollment.objects.filter(student_id=child.student_id)
        room = Homeroom.objects.filter(school=junior).order_by("-position")[0]
        seat.update(school=junior, homeroom=room, grade_level=3, ends_on=LAST, exit="graduation")
        assert child.student_id not in {c.student_id for c in children_of(child.guardian_id, FIRST)}


def test_calendar_of_the_new_year_says_which_days_count(city, child, clock_at):
    with city.tenant():
        close(city)
        school = School.objects.get(slug="midorigaoka")
        for day in range(14):
            CalendarDay.objects.create(
                school=school, date=FIRST + timedelta(days=day), grade_level=3,
                is_school_day=day == 6,
            )  # fmt: skip
    clock_at(FIRST)
    assert send(city, child).status_code == 422
    assert send(city, child, FIRST + timedelta(days=6)).status_code == 302


def test_saturday_without_a_calendar_needs_no_report(city, child, clock_at):
    with city.tenant():
        close(city)
    clock_at(FIRST)
    assert send(city, child, date(2027, 4, 3)).status_code == 422
