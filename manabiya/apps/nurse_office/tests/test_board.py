"""The nurse's board: the numbers and names of a day, who sees them, and that it is logged."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.tests.periods import put_period
from manabiya.apps.nurse_office import queries
from manabiya.apps.nurse_office.tests.conftest import BASE, OTHER, ROOM
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.calendar.rules import CLOSED, INFECTION, Change
from manabiya.roster.calendar.services import set_day_change

MAY = ["school_nurse", "vice_principal", "principal"]
MAY_NOT = ["academic_affairs_head", "grade_head", "homeroom_teacher", "assistant_homeroom_teacher",
           "subject_teacher", "office_staff", "ict_supporter"]  # fmt: skip


def board(school):
    return queries.nurse_board(school.actor, day=school.city.today)


def line(page, name):
    return next(row for row in page.lines if row.line.card.name == name)


def test_illness_and_symptoms_are_counted_by_class(school):
    school.confirm()
    school.away(0)
    school.away(1, reason="infection", status="attendance_suspension", cause="S1")
    school.seen(2, "cough", "headache")
    school.seen(3, "cough")
    school.seen(0, "fever", room=school.other)
    page = board(school)
    row = line(page, ROOM)
    assert (row.sick, row.suspended, row.here) == (1, 1, 2)
    assert row.symptoms == (1, 0, 2, 0, 0)
    assert (row.share.ill, row.share.enrolled) == (2, len(school.seats[school.room]))
    assert line(page, OTHER).symptoms == (0, 0, 0, 1, 0)
    assert [child.name for child in row.behind] == [school.name(0), school.name(1)]


@pytest.mark.parametrize(
    ("status", "reason", "cause", "counts"),
    [
        ("absent_sick", "fever", "", True),
        ("absent_sick", "cold", "", True),
        ("absent_sick", "stomach_ache", "", True),
        ("absent_sick", "infection", "", True),
        ("absent_sick", "", "", True),
        ("absent_sick", "injury", "", False),
        ("absent_sick", "clinic", "", False),
        ("absent_other", "family", "", False),
        ("absent_other", "consultation", "", False),
        ("attendance_suspension", "infection", "S1", True),
        ("attendance_suspension", "", "S2", False),
        ("attendance_suspension", "", "S3", True),
        ("attendance_suspension", "", "S4", False),
        ("bereavement", "bereavement", "S5", False),
    ],
)
def test_which_children_count_for_a_closure(school, status, reason, cause, counts):
    school.confirm()
    school.away(0, status=status, reason=reason, cause=cause)
    assert line(board(school), ROOM).share.ill == counts


def test_symptom_of_a_present_child_does_not_count_for_a_closure(school):
    school.confirm()
    school.seen(0, "fever")
    assert line(board(school), ROOM).share.ill == 0


def test_reports_of_an_unconfirmed_class_are_counted_in_pencil(school):
    school.reported(0)
    school.reported(1, reason="family")
    school.reported(2, kind="late")
    school.reported(3, reason="infection", disease="influenza")
    row = line(board(school), ROOM)
    assert (row.sick, row.is_proposed) == (2, True)
    school.confirm()
    assert line(board(school), ROOM).sick == 0


def test_periods_of_an_unconfirmed_class_are_counted_in_pencil_once_each(school):
    school.reported(0)
    put_period(school.city, school.child(0))
    put_period(school.city, school.child(1), status="proposed")
    put_period(school.city, school.child(2), "bereavement")
    put_period(school.city, school.child(3), status="declined", answer="登校していた")
    page = board(school)
    row = line(page, ROOM)
    assert (row.sick, row.suspended, row.is_proposed, row.share.ill) == (1, 1, True, 2)
    assert page.diseases["influenza"][-1] == 2
    school.confirm()
    assert line(board(school), ROOM).share.ill == 0


def test_newest_report_of_a_child_is_the_one_that_counts(school):
    first = school.reported(0)
    first.pk = None
    first.id = None
    from manabiya.kernel.tenancy.ids import uuid7

    first.id, first.kind, first.idempotency_key, first.receipt_number = uuid7(), "late", "k", "R2"
    first.submitted_at += timedelta(minutes=5)
    first.save(force_insert=True)
    assert line(board(school), ROOM).sick == 0


def test_newly_ill_are_named_in_the_order_of_the_classes(school):
    yesterday = school.days[-2]
    school.confirm()
    school.away(0, day=yesterday)
    school.away(0)
    school.away(1)
    school.seen(2, "cough", day=yesterday)
    school.seen(2, "cough")
    school.seen(0, "headache", room=school.other)
    found = [(child.name, child.homeroom_name) for child in board(school).fresh]
    assert found == [(school.name(1), ROOM), (school.name(0, school.other), OTHER)]


def test_trend_holds_the_last_fourteen_school_days(school):
    school.confirm()
    school.away(0, day=school.days[-14])
    school.away(1, day=school.days[-15])
    school.away(2)
    page = board(school)
    assert page.days == tuple(school.days[-14:])
    assert page.series[0].counts == (1, *[0] * 12, 1)


def test_disease_of_the_report_behind_the_mark_is_named(school):
    school.confirm()
    mark = school.away(0, reason="infection")
    mark.report = school.reported(0, reason="infection", disease="influenza")
    mark.report.status = "applied"
    mark.report.save()
    mark.save()
    assert board(school).diseases == {"influenza": (*[0] * 13, 1)}


def test_threshold_of_the_school_decides_and_its_numbers_are_shown(school):
    from manabiya.apps.attendance.models import MorningSettings

    school.confirm()
    enrolled = len(school.seats[school.room])
    for place in range(3):
        school.away(place)
    percent = 3 * 100 // enrolled
    MorningSettings.objects.create(
        school_id=school.actor.at,
        valid_from=school.city.today,
        closure_threshold_percent=percent + 1,
    )
    assert board(school).over == []
    MorningSettings.objects.update(closure_threshold_percent=percent)
    over = board(school).over
    assert [row.line.card.name for row in over] == [ROOM]
    page = school.city.client("school_nurse", "midorigaoka").get(f"{BASE}/health/")
    text = page.content.decode()
    assert f"3名 / {enrolled}名" in text
    assert f"(目安 {percent}%)" in text
    assert school.name(2) in text.split("数えた人を見る")[1]


def test_threshold_of_the_board_holds_from_its_day_and_not_before(school):
    from datetime import timedelta

    from manabiya.apps.attendance.models import MorningSettings

    school.confirm()
    for place in range(3):
        school.away(place)
    percent = 3 * 100 // len(school.seats[school.room])
    tomorrow = school.city.today + timedelta(days=1)
    for day, threshold in ((school.city.today, percent + 1), (tomorrow, percent)):
        MorningSettings.objects.create(valid_from=day, closure_threshold_percent=threshold)
    assert (board(school).threshold_percent, board(school).over) == (percent + 1, [])
    MorningSettings.objects.filter(valid_from=school.city.today).delete()
    MorningSettings.objects.filter(valid_from=tomorrow).update(valid_from=school.city.today)
    assert [row.line.card.name for row in board(school).over] == [ROOM]


def test_page_says_what_it_holds(school):
    school.confirm()
    school.away(0, reason="infection")
    school.seen(1, "headache", "cough")
    text = school.city.client("school_nurse", "midorigaoka").get(f"{BASE}/health/").content.decode()
    plain = re.sub(r"<[^>]+>", " ", text)
    assert "登校して症状あり ・ 頭痛・咳" in plain
    assert "病気の欠席 ・ 感染症" in plain
    assert "<polyline" in text
    assert "style=" not in text.split("<main")[1]


@pytest.mark.parametrize("role", MAY)
def test_these_see_the_board(city, role):
    assert city.client(role, "midorigaoka").get(f"{BASE}/health/").status_code == 200


@pytest.mark.parametrize("role", MAY_NOT)
def test_these_do_not(city, role):
    assert city.client(role, "midorigaoka").get(f"{BASE}/health/").status_code in (403, 404)
    with city.tenant(), pytest.raises(Refused):
        queries.nurse_board(city.actor(role, "midorigaoka"), day=city.today)


def test_nurse_sees_nothing_of_another_school(school):
    from manabiya.apps.attendance.models import AttendanceMark
    from manabiya.roster.queries import seats_on

    far = school.city.homeroom_id(ROOM, "higashikawabata")
    child = seats_on(far, school.city.today)[0]
    mark = school.away(0)
    AttendanceMark.objects.filter(pk=mark.pk).update(student_id=child.student_id, homeroom_id=far)
    page = board(school)
    assert page.series[0].last == 0
    assert page.fresh == ()


def test_looking_is_logged_as_class_two(school):
    school.city.client("school_nurse", "midorigaoka").get(f"{BASE}/health/")
    entry = AuditEntry.objects.get(action="read:nurse-board")
    assert entry.data_class == 2


def test_same_questions_for_one_ill_child_and_for_many(school):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            board(school)
        return len(captured)

    school.away(9)
    few = asked()
    for room in (school.room, school.other):
        for place in range(8):
            school.away(place, room=room)
            school.away(place, room=room, day=school.days[-3])
            school.seen(place + 8, "cough", room=room)
        school.confirm(room)
    assert asked() == few == 16


def test_managers_find_the_way_to_close_a_class_over_the_threshold(school, city):
    school.confirm()
    for place in range(len(school.seats[school.room]) // 4 + 1):
        school.away(place)
    way = f"?kind=closed&amp;minutes=0&amp;cause=infection&amp;for_whom={school.room}"
    for role, sees in (("principal", True), ("vice_principal", True), ("school_nurse", False)):
        page = city.client(role, "midorigaoka").get(f"{BASE}/health/").content.decode()
        assert ROOM in page
        assert (way in page, "学級閉鎖を決める" in page) == (sees, sees)


def test_a_class_that_is_closed_is_over_no_threshold(school, city):
    school.confirm()
    for place in range(len(school.seats[school.room]) // 4 + 1):
        school.away(place)
    assert [row.line.card.name for row in board(school).over] == [ROOM]
    set_day_change(
        actor=city.actor("principal", "midorigaoka"), now=city.now(9, 0), says_again=True,
        change=Change(CLOSED, city.today, city.today, homeroom_id=school.room, cause=INFECTION),
    )  # fmt: skip
    assert board(school).over == []
