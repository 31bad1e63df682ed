"""A move the new school has not accepted yet: the guardian reads whom to call, then reports."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services import AttendanceRefused, Word, submit_reports
from manabiya.kernel.clock import real_now
from manabiya.roster.enrolling.services import accept_transfer, cancel_transfer, transfer_student
from manabiya.roster.models import (
    CalendarDay,
    Enrollment,
    ExcludedPerson,
    GuardianRight,
    Homeroom,
    Protection,
    School,
)
from manabiya.roster.queries import moving_children

LAST, AFTER, FIRST = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 30)
HOME = "/m/shirakabano/family/"
PHONE = "0190-20-1111"


@pytest.fixture
def clock_at(city):
    """Return a function that sets the school's clock to a day (7:50)."""

    def at(day):
        municipality = city.municipality()
        moment = city.now() + (day - city.today)
        municipality.clock_offset_seconds = int((moment - real_now()).total_seconds())
        municipality.save(update_fields=["clock_offset_seconds"])

    return at


@pytest.fixture
def there(city):
    """Give the city a second elementary school with a class and days."""
    with city.tenant():
        school = School.objects.create(
            code="B101299980024", slug="minamino", name="南野小学校", phone=PHONE,
            kind="elementary_school",
        )  # fmt: skip
        CalendarDay.objects.bulk_create(
            CalendarDay(school=school, date=city.today + timedelta(days=n), is_school_day=True)
            for n in range(20)
        )
        yield school


@pytest.fixture
def transfer(city, there):
    """Record that the guardian's child leaves on 11/24; nobody has accepted it."""
    student_id = min(city.actor("guardian").grants[0].student_ids)
    return transfer_student(
        actor=city.actor("office_staff", "midorigaoka"), student_id=student_id,
        to_school_id=there.id, last_day=LAST, now=city.now(),
    )  # fmt: skip


def accept(city, transfer):
    room = Homeroom.objects.create(
        school_id=transfer.to_school_id, school_year=2026, name="1年1組", position=1
    )
    accept_transfer(
        actor=city.actor("board_officer"), transfer_id=transfer.id, homeroom_id=room.id,
        now=city.now(), first_day=FIRST,
    )  # fmt: skip


def posted(day):
    return {"kind": "absent", "reason": "fever", "date": day.isoformat(), "key": "q" * 32}


def test_until_the_last_day_the_home_is_as_always(city, transfer, clock_at):
    clock_at(LAST)
    page = city.client("guardian").get(HOME).content.decode()
    assert "転校の手続き中" not in page
    assert f"{HOME}report/{transfer.student_id}/?kind=absent" in page


def test_after_it_home_and_report_say_whom_to_call(city, transfer, clock_at):
    clock_at(AFTER)
    client = city.client("guardian")
    name = transfer.student.name
    home = client.get(HOME).content.decode()
    address = f"{HOME}report/{transfer.student_id}/"
    written = client.get(address)
    sent = client.post(address, posted(AFTER))
    assert (written.status_code, sent.status_code) == (200, 422)
    for page in (home, written.content.decode(), sent.content.decode()):
        for word in (name, "南野小学校", PHONE, "転校の手続き中"):
            assert word in page
        assert '<form method="post" class="stack"' not in page
    assert address not in home
    assert not AbsenceReport.objects.filter(student_id=transfer.student_id, date=AFTER).exists()
    with pytest.raises(AttendanceRefused, match=PHONE):
        submit_reports(
            actor=city.actor("guardian"), student_ids=[transfer.student_id], first=FIRST,
            last=FIRST, word=Word("absent", "fever"), key="k" * 32,
            now=city.now() + (AFTER - city.today),
        )  # fmt: skip


def test_as_soon_as_there_is_a_seat_days_from_the_first_on_are_taken(city, transfer, clock_at):
    accept(city, transfer)
    clock_at(AFTER)
    client = city.client("guardian")
    home = client.get(HOME).content.decode()
    assert "転校の手続き中" not in home
    assert "通うのは" in home
    address = f"{HOME}report/{transfer.student_id}/"
    assert client.post(address, posted(AFTER)).status_code == 422
    assert client.post(address, posted(FIRST)).status_code == 302
    report = AbsenceReport.objects.get(student_id=transfer.student_id, date=FIRST)
    assert (report.status, report.reason) == ("submitted", "fever")
    teacher = city.client("vice_principal", "midorigaoka")
    old = teacher.get(f"/m/shirakabano/school/midorigaoka/students/{transfer.student_id}/")
    assert old.status_code == 404


def test_who_has_no_right_or_is_excluded_reads_nothing_of_it(city, transfer, clock_at):
    mine = city.actor("guardian").person_id
    clock_at(AFTER)
    assert [c.student_id for c in moving_children(mine, AFTER)] == [transfer.student_id]
    client = city.client("guardian")
    address = f"{HOME}report/{transfer.student_id}/"
    protection = Protection.objects.create(
        student_id=transfer.student_id, basis="request", starts_on=city.today,
        review_on=city.today + timedelta(days=90), set_by=mine, set_at=city.now(),
    )  # fmt: skip
    assert moving_children(mine, AFTER), "protected from somebody else"
    excluded = ExcludedPerson.objects.create(protection=protection, guardian_id=mine)
    assert moving_children(mine, AFTER) == []
    assert client.get(address).status_code in (302, 404)
    assert PHONE not in client.post(address, posted(AFTER)).content.decode()
    with pytest.raises(Http404):
        submit_reports(
            actor=city.actor("guardian"), student_ids=[transfer.student_id], first=FIRST,
            last=FIRST, word=Word("absent", "fever"), key="k" * 32,
            now=city.now() + (AFTER - city.today),
        )  # fmt: skip
    excluded.delete()
    GuardianRight.objects.filter(guardian_id=mine).update(ends_on=LAST)
    assert moving_children(mine, AFTER) == []


def test_a_move_taken_back_and_a_child_seated_by_an_import_are_none(city, transfer):
    mine = city.actor("guardian").person_id
    room = Homeroom.objects.create(
        school_id=transfer.to_school_id, school_year=2026, name="1年2組", position=2
    )
    seat = Enrollment.objects.create(
        student_id=transfer.student_id, school_id=room.school_id, homeroom=room, grade_level=1,
        roll_number=1, starts_on=FIRST,
    )  # fmt: skip
    assert moving_children(mine, AFTER) == []
    seat.delete()
    assert moving_children(mine, AFTER)
    office = city.actor("office_staff", "midorigaoka")
    cancel_transfer(actor=office, transfer_id=transfer.id, now=city.now())
    assert moving_children(mine, AFTER) == []
