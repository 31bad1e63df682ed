"""The page 今日 of a school: what waits, in the order of urgency, and what each role sees of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance import services as attendance
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.roster.models import Cover
from manabiya.roster.queries import seats_on

TODAY = f"/m/shirakabano/school/{SCHOOL}/"


@pytest.fixture
def at(city, monkeypatch):
    def set_clock(*moment):
        monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(*moment))

    set_clock(8, 41)
    return set_clock


def page_of(city, role="vice_principal"):
    return city.client(role, SCHOOL).get(TODAY).content.decode()


def waits(page):
    """Return title and class of every line of 待っていること, in their order."""
    block = page.split('<ul class="waiting">')[1].split("</ul>")[0]
    return [
        (css, re.sub(r"<[^>]+>", "", title).strip())
        for css, title in re.findall(
            r'<li(?: class="(\w+)")?>.*?<p class="title">(.*?)</p>', block, re.S
        )
    ]


def test_at_the_time_set_unconfirmed_classes_are_urgent_before_those_who_are_missing(missing, at):
    page = page_of(missing.city)
    assert waits(page) == [("alarm", "出欠が未確定 12学級"), ("alarm", "未着 1名")]
    assert "目安の8:40を過ぎました" in page
    assert "電話 0/1" in page


def test_before_the_time_set_nothing_is_urgent(missing, at):
    at(8, 39)
    page = page_of(missing.city)
    assert waits(page) == [("", "未着 1名"), ("", "出欠が未確定 12学級")]
    assert "8:40から電話" in page


def test_what_is_a_matter_of_managers_comes_first(missing, at):
    at(9, 1)
    found = waits(page_of(missing.city))
    assert found[0] == ("alarm", "管理職が動くとき 未着 1名")
    assert sum(css == "alarm" for css, _ in found) == 3


def test_calls_are_counted(missing, at):
    services.log_call(
        actor=missing.actor(),
        student_id=missing.student_id,
        guardian_id=missing.first.guardian_id,
        whom="",
        outcome="no_answer",
        note="",
        now=missing.city.now(8, 41),
    )
    assert "電話 1/1" in page_of(missing.city)


def test_sums_and_causes_agree_with_the_marks(missing, at):
    from manabiya.apps.attendance.rules import Entry

    attendance.confirm_day(
        actor=missing.actor("school_nurse"),
        homeroom_id=missing.homeroom_id,
        day=missing.city.today,
        entries=[
            Entry(missing.others[0], "present", "absent_sick"),
            Entry(missing.others[1], "present", "absent_other"),
            Entry(missing.others[2], "present", "late"),
        ],
        now=missing.city.now(8, 40),
    )
    page = page_of(missing.city)
    assert "病欠 1 ・ 事故欠 1" in page
    table = page.split("学級と理由ごとの人数</caption>")[1]
    row = re.findall(r"<tr><th[^>]*>1年1組</th>(.*?)</tr>", table)[0]
    assert [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<td.*?</td>", row)] == [
        "1", "1", "0", "0", "1", "0",
    ]  # fmt: skip


def test_pencil_under_absent_counts_absences_only(missing, at):
    city = missing.city
    seats = seats_on(city.homeroom_id("2年1組"), city.today)
    AbsenceReport.objects.filter(date=city.today).delete()
    for number, kind in enumerate(("absent", "late", "left_early")):
        AbsenceReport.objects.create(
            student_id=seats[number].student_id, date=city.today, kind=kind, reason="clinic",
            staff_member_id=missing.actor().person_id, submitted_at=city.now(7, 40),
            idempotency_key=f"key-{number}", receipt_number=f"R-{number}",
        )  # fmt: skip
    board = queries.board_of_today(missing.actor(), now=city.now(8, 20))
    line = next(entry.line for entry in board.classes if entry.line.card.name == "2年1組")
    assert (line.proposed, line.proposed_absent) == (3, 1)
    assert (board.proposed, page_of(city).count("仮 1<")) == (3, 1)


def test_pencil_counts_those_a_period_keeps_away_once_and_where_they_belong(missing, at):
    city = missing.city
    ids = [seat.student_id for seat in seats_on(city.homeroom_id("2年1組"), city.today)]
    AbsenceReport.objects.filter(date=city.today).delete()
    AbsenceReport.objects.create(
        student_id=ids[0], date=city.today, kind="absent", reason="fever",
        staff_member_id=missing.actor().person_id, submitted_at=city.now(7, 40),
        idempotency_key="key-0", receipt_number="R-0",
    )  # fmt: skip
    put_period(city, ids[0], status="decided")
    put_period(city, ids[1], "bereavement", status="decided")
    put_period(city, ids[2], status="proposed")
    put_period(city, ids[3], "deemed_present", status="decided")
    put_period(city, ids[4], first_day=city.today + timedelta(days=1))
    board = queries.board_of_today(missing.actor(), now=city.now(8, 20))
    line = next(entry.line for entry in board.classes if entry.line.card.name == "2年1組")
    assert (line.proposed, line.proposed_absent, line.proposed_excused) == (1, 2, 2)
    table = page_of(city).split("学級ごとの出欠</caption>")[1]
    row = re.findall(r"<tr><th[^>]*>(?:<a[^>]*>)?2年1組.*?</th>(.*?)</tr>", table, re.S)[0]
    assert [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<td.*?</td>", row)][1:3] == [
        "仮 2", "仮 2",
    ]  # fmt: skip
    other = queries.board_of_today(missing.actor("subject_teacher"), now=city.now(8, 20))
    line = next(entry.line for entry in other.classes if entry.line.card.name == "2年1組")
    assert (line.proposed_absent, line.proposed_excused) == (0, 0)


def test_cover_of_today_stands_beside_the_class(missing, at):
    nurse = missing.actor("school_nurse")
    Cover.objects.create(
        staff_member_id=nurse.person_id,
        homeroom_id=missing.city.homeroom_id("2年1組"),
        date=missing.city.today,
    )
    name = missing.city.client("school_nurse", SCHOOL).get(TODAY).context["request"].actor.name
    assert f"代理 {name}" in page_of(missing.city)


@pytest.mark.parametrize("role", ["grade_head", "subject_teacher"])
def test_staff_without_the_right_see_no_name_and_no_cause(missing, at, role):
    from manabiya.roster.models import Student

    page = page_of(missing.city, role)
    assert Student.objects.get(pk=missing.student_id).name not in page
    for word in ("病欠", "停・忌", "職員室を開く", "電話をかける"):
        assert word not in page


def test_day_without_school_has_no_board(city, at, monkeypatch):
    sunday = city.now(8, 41).replace(day=22)
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: sunday)
    assert "出欠が未確定" not in page_of(city)


def test_board_asks_the_same_number_for_one_and_for_eight_missing_children(missing, at):
    from manabiya.apps.attendance.models import AttendanceMark

    client = missing.city.client("vice_principal", SCHOOL)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(TODAY).status_code == 200
        return len([q for q in captured.captured_queries if q["sql"].startswith("SELECT")])

    def miss(student_id):
        AttendanceMark.objects.get_or_create(
            student_id=student_id,
            date=missing.city.today,
            defaults={
                "homeroom_id": missing.homeroom_id,
                "status": "not_arrived",
                "source": "teacher",
                "decided_by_id": missing.actor().person_id,
                "decided_at": missing.city.now(8, 31),
            },
        )
        services.take_case(
            actor=missing.actor(), student_id=student_id, now=missing.city.now(8, 41)
        )

    miss(missing.student_id)
    asked()
    few = asked()
    for student_id in missing.others[:7]:
        miss(student_id)
    assert "未着 8名" in page_of(missing.city)
    assert asked() == few
