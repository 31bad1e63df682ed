"""A child moves inside the city: who hears of which day, and whom to call on the days between."""

from datetime import date, timedelta

import pytest

from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services import AttendanceRefused, Word, submit_reports
from manabiya.apps.attendance.services.reports import submit_report
from manabiya.kernel.clock import real_now
from manabiya.roster.models import CalendarDay, Enrollment, Homeroom, School
from manabiya.roster.queries import children_of

LAST, FIRST = date(2026, 11, 25), date(2026, 11, 30)
BETWEEN = date(2026, 11, 27)
HOME = "/m/shirakabano/family/"


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
def moved(city):
    """Let the guardian's child leave on 11/25 and belong to a new school from 11/30."""
    with city.tenant():
        student_id = min(city.actor("guardian").grants[0].student_ids)
        Enrollment.objects.filter(student_id=student_id).update(ends_on=LAST, exit="transfer_out")
        school = School.objects.create(
            code="B101299980024", slug="minamino", name="南野小学校", phone="0190-20-1111",
            kind="elementary_school",
        )  # fmt: skip
        room = Homeroom.objects.create(school=school, school_year=2026, name="1年1組")
        CalendarDay.objects.bulk_create(
            CalendarDay(school=school, date=city.today + timedelta(days=n), is_school_day=True)
            for n in range(20)
        )
        Enrollment.objects.create(
            student_id=student_id, school=school, homeroom=room, grade_level=1, roll_number=1,
            entry="transfer_in", starts_on=FIRST,
        )  # fmt: skip
        yield student_id, school


def send(city, student_id, first, last=None, **changed):
    return submit_reports(
        **{
            "actor": city.actor("guardian"), "student_ids": [student_id], "first": first,
            "last": last or first, "word": Word("absent", "fever"), "key": "k" * 32,
            "now": city.now(), **changed,
        }
    )  # fmt: skip


def test_report_goes_to_the_school_of_its_day(city, moved, monkeypatch):
    student_id, new = moved
    old = Enrollment.objects.get(student_id=student_id, ends_on=LAST).school_id
    heard = []
    monkeypatch.setattr(
        "manabiya.apps.attendance.services.reports.publish",
        lambda name, *, report, school, date: heard.append((date, school)),
    )
    send(city, student_id, city.today, date(2026, 12, 1))
    schools = dict(heard)
    assert schools[city.today] == schools[LAST] == old
    assert schools[FIRST] == schools[date(2026, 12, 1)] == new.id
    between = [LAST + timedelta(days=n) for n in range(1, 5)]
    assert not schools.keys() & set(between)


def test_days_between_say_whom_to_call_and_store_nothing(city, moved):
    student_id, new = moved
    with pytest.raises(AttendanceRefused, match="0190-20-1111") as refused:
        send(city, student_id, BETWEEN)
    assert new.name in str(refused.value)
    assert not AbsenceReport.objects.filter(student_id=student_id, date=BETWEEN).exists()


def test_between_the_schools_the_home_says_whom_to_call(city, moved, clock_at):
    student_id, _new = moved
    clock_at(BETWEEN)
    client = city.client("guardian")
    page = client.get(HOME).content.decode()
    assert "0190-20-1111" in page
    assert "通うのは" in page
    assert f"{HOME}report/{student_id}/?kind=absent" not in page
    days = client.get(f"{HOME}report/{student_id}/").content.decode()
    assert 'value="2026-11-30"' in days
    assert days.count('value="2026-11-27"') == 1, "the school clock's, no day to choose"
    answer = client.post(
        f"{HOME}report/{student_id}/",
        {"kind": "absent", "reason": "fever", "date": "2026-11-27", "key": "q" * 32},
    )
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "0190-20-1111" in said
    assert "候補にありません" not in said
    assert set(answer.context["form"].errors) == {"date"}
    assert not AbsenceReport.objects.filter(student_id=student_id, date=BETWEEN).exists()


def test_from_the_first_day_on_it_is_as_everywhere(city, moved, clock_at):
    student_id, _new = moved
    clock_at(FIRST)
    page = city.client("guardian").get(HOME).content.decode()
    assert "南野小学校 1年1組" in page
    assert "通うのは" not in page
    assert f"{HOME}report/{student_id}/?kind=absent" in page


def test_a_child_that_leaves_the_city_has_no_day_after_the_last(city):
    with city.tenant():
        student_id = min(city.actor("guardian").grants[0].student_ids)
        seat = Enrollment.objects.filter(student_id=student_id)
        seat.update(ends_on=LAST, exit="withdrawal")
        with pytest.raises(AttendanceRefused, match="学校を去った後の日"):
            send(city, student_id, BETWEEN)
        report = submit_report(
            actor=city.actor("guardian"), student_id=student_id, day=city.today,
            word=Word("absent", "fever"), key="z" * 32, now=city.now(),
        )  # fmt: skip
        assert report.date == city.today


def test_who_is_excluded_learns_of_no_coming_school(city, moved):
    from manabiya.roster.models import ExcludedPerson, GuardianRight, Protection

    student_id, _new = moved
    guardian = city.actor("guardian").person_id
    protection = Protection.objects.create(
        student_id=student_id, basis="request", starts_on=city.today,
        review_on=city.today + timedelta(days=90), set_by=guardian, set_at=city.now(),
    )  # fmt: skip
    assert GuardianRight.objects.filter(guardian_id=guardian, student_id=student_id).exists()
    ExcludedPerson.objects.create(protection=protection, guardian_id=guardian)
    for day in (city.today, BETWEEN, FIRST):
        assert student_id not in {c.student_id for c in children_of(guardian, day)}
