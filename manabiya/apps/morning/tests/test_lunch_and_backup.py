"""The lunch sheet counts; the morning backup holds every child, and nothing of a protected family."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance import services as attendance
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.attendance.rules import Entry
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.backups import backup_facts
from manabiya.apps.morning.jobs import make_backups
from manabiya.apps.morning.models import MorningBackup
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.jobs.testing import run_jobs
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.models import (
    Address,
    CalendarDay,
    Enrollment,
    Protection,
    School,
    Student,
)

BASE = f"/m/shirakabano/school/{SCHOOL}/attendance/"
PAPER = f"{BASE}backup/paper/"


@pytest.fixture
def clock(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(8, 50))


def squeezed(text):
    return re.sub(r"\s", "", text)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


# --- the lunch sheet


def lunch(missing, name, *at):
    sheet = queries.lunch_sheet(missing.actor(), now=missing.city.now(*at))
    return next(line for line in sheet.lines if line.name == name), sheet


def test_confirmed_class_eats_without_those_away_and_with_those_late_and_missing(missing):
    put_period(missing.city, missing.others[1])
    attendance.confirm_day(
        actor=missing.actor("school_nurse"),
        homeroom_id=missing.homeroom_id,
        day=missing.city.today,
        entries=[
            Entry(missing.others[0], "present", "absent_sick"),
            Entry(missing.others[1], "present", "absent"),
            Entry(missing.others[2], "present", "late"),
        ],
        now=missing.city.now(8, 40),
    )
    line, sheet = lunch(missing, "1年1組", 8, 50)
    assert (line.enrolled, line.away, line.not_arrived, line.late) == (34, 2, 1, 1)
    assert line.meals == 32
    assert not sheet.is_due
    assert lunch(missing, "1年1組", 9, 0)[1].is_due
    assert sheet.total.meals == sum(line.meals for line in sheet.lines)


def test_child_that_learns_at_a_facility_does_not_eat_here(missing):
    AttendanceMark.objects.filter(student_id=missing.others[1], date=missing.city.today).delete()
    before = lunch(missing, "1年1組", 8, 50)[0]
    attendance.confirm_day(
        actor=missing.actor("school_nurse"),
        homeroom_id=missing.homeroom_id,
        day=missing.city.today,
        entries=[Entry(missing.others[1], "present", "absent_other")],
        now=missing.city.now(8, 40),
    )
    marks = AttendanceMark.objects.filter(student_id=missing.others[1], date=missing.city.today)
    assert lunch(missing, "1年1組", 8, 50)[0].meals == before.meals - 1
    marks.update(status="deemed_present")
    line, _sheet = lunch(missing, "1年1組", 8, 50)
    assert (line.away, line.meals) == (before.away + 1, before.meals - 1)


def test_class_nobody_confirmed_eats_without_those_reported_absent_or_kept_away(missing):
    seats = Enrollment.objects.filter(
        homeroom_id=missing.city.homeroom_id("2年1組"), ends_on=None
    ).order_by("roll_number")
    ids = [seat.student_id for seat in seats]
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    for number, kind in enumerate(("absent", "late")):
        AbsenceReport.objects.create(
            student_id=ids[number],
            date=missing.city.today,
            kind=kind,
            reason="fever",
            staff_member_id=missing.actor().person_id,
            submitted_at=missing.city.now(7, 40),
            idempotency_key=f"lunch-{number}",
            receipt_number=f"L-{number}",
        )
    put_period(missing.city, ids[0])
    put_period(missing.city, ids[2])
    line, _sheet = lunch(missing, "2年1組", 8, 50)
    assert (line.confirmed_at, line.away, line.meals) == (None, 2, len(ids) - 2)


@pytest.mark.parametrize("role", ["subject_teacher", "office_staff", "vice_principal"])
def test_sheet_is_for_everybody_at_school_and_says_no_name_and_no_cause(missing, clock, role):
    answer = missing.city.client(role, SCHOOL).get(f"{BASE}lunch/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "まだ変わる学級が 12 あります" in page
    assert Student.objects.get(pk=missing.student_id).name not in page
    assert "病欠" not in page


# --- the morning backup


def paper_of(city, role="vice_principal"):
    answer = city.client(role, SCHOOL).get(PAPER)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return squeezed(text_of(answer.content))


def protect(missing):
    Protection.objects.create(
        student_id=missing.student_id,
        basis="request",
        starts_on=missing.city.today,
        review_on=missing.city.today + timedelta(days=90),
        set_by=missing.actor().person_id,
        set_at=missing.city.now(),
    )


def test_paper_holds_every_child_of_every_class_and_whom_to_call_in_order(missing, clock):
    text = paper_of(missing.city)
    facts = backup_facts(missing.actor().at, missing.city.today)
    assert facts.student_count == 372
    names = [row["name"] for entry in facts.data["classes"] for row in entry["rows"]]
    assert len(names) == 372
    assert [name for name in names if squeezed(name) not in text] == []
    first, second = "1.母勅使河原花子090-0000-0001", "2.父勅使河原太郎090-0000-0002"
    assert text.index(first) < text.index(second)


def test_protected_family_has_neither_phone_nor_address_on_the_paper(missing, clock):
    Address.objects.create(
        student_id=missing.student_id, text="白樺野市緑が丘9-9-9", starts_on=missing.city.today
    )
    assert "緑が丘9-9-9" in paper_of(missing.city)
    protect(missing)
    text = paper_of(missing.city)
    for secret in ("090-0000-0001", "0120-000-001", "緑が丘9-9-9"):
        assert secret not in text
    assert "連絡前に管理職へ" in text


def test_never_called_people_have_no_number_on_the_paper(missing, clock):
    missing.second.may_be_called = False
    missing.second.save()
    text = paper_of(missing.city)
    assert "090-0000-0002" not in text
    assert "電話しない" in text


def test_night_makes_one_for_every_school_and_keeps_only_the_newest(city, clock):
    make_backups()
    run_jobs()
    with city.tenant():
        first = MorningBackup.objects.get(school__slug=SCHOOL)
        assert MorningBackup.objects.count() == School.objects.count()
        assert (first.date, first.student_count, first.made_by_id) == (city.today, 372, None)
        entry = AuditEntry.objects.get(action="morning.backup:make", school_id=first.school_id)
        assert (entry.subject_count, entry.data_class, entry.account_id) == (372, 2, None)
    make_backups()
    run_jobs()
    with city.tenant():
        assert MorningBackup.objects.filter(school__slug=SCHOOL).count() == 1


def test_kept_paper_is_given_as_it_is_until_a_fact_changes(missing, clock):
    services.make_backup(
        actor=missing.actor(),
        school_id=missing.actor().at,
        today=missing.city.today,
        made_at=missing.city.now(3, 10),
    )
    client = missing.city.client("vice_principal", SCHOOL)
    kept = bytes(MorningBackup.objects.get(school__slug=SCHOOL).content)
    assert client.get(PAPER).content == kept
    assert "いまと同じです" in client.get(f"{BASE}backup/").content.decode()
    protect(missing)
    assert "そのあと変わっています" in client.get(f"{BASE}backup/").content.decode()
    given = client.get(PAPER).content
    assert given != kept
    assert "090-0000-0001" in text_of(kept)
    assert "090-0000-0001" not in text_of(given)


def test_each_opening_is_logged_and_making_it_too(missing, clock):
    client = missing.city.client("office_staff", SCHOOL)
    client.post(f"{BASE}backup/")
    client.get(PAPER)
    clerk = missing.actor("office_staff").person_id
    logged = AuditEntry.objects.filter(person_id=clerk, action__prefix="read:morning-backup-paper")
    assert [entry.data_class for entry in logged] == [2]
    made = MorningBackup.objects.get(school__slug=SCHOOL)
    assert made.made_by_id == clerk


@pytest.mark.parametrize(
    "role",
    [
        "homeroom_teacher",
        "school_nurse",
        "academic_affairs_head",
        "subject_teacher",
        "ict_supporter",
    ],
)
def test_others_at_school_open_no_backup(city, clock, role):
    client = city.client(role, SCHOOL)
    assert client.get(PAPER).status_code == 403
    assert client.post(f"{BASE}backup/").status_code == 403


def test_vacation_has_none(missing, clock):
    CalendarDay.objects.filter(school__slug=SCHOOL).update(is_school_day=False)
    client = missing.city.client("vice_principal", SCHOOL)
    assert client.get(PAPER).status_code == 404
    assert "授業日がありません" in client.get(f"{BASE}backup/").content.decode()
    assert "控えはいりません" in client.post(f"{BASE}backup/", follow=True).content.decode()


def test_backup_asks_the_same_number_for_one_class_and_for_all(missing):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            facts = backup_facts(missing.actor().at, missing.city.today)
        return facts.student_count, len(captured)

    everybody, many = asked()
    Enrollment.objects.filter(school__slug=SCHOOL).exclude(homeroom_id=missing.homeroom_id).update(
        ends_on=missing.city.today - timedelta(days=1)
    )
    few, less = asked()
    assert (few, everybody) == (34, 372)
    assert less == many


def test_another_municipality_keeps_its_own(city, clock):
    make_backups()
    run_jobs()
    with tenant(city.municipality("sawanose").id):
        assert [row.student_count for row in MorningBackup.objects.all()] == [5]
