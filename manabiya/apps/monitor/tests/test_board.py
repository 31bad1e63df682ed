"""What the wall shows and never shows, when it is dark, and what a poll costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance.tests.test_query_counts import fill
from manabiya.apps.monitor.tests.conftest import BOARD, OTHER, ROOM, SCREEN, pair
from manabiya.roster.calendar.rules import CLOSED, DELAYED, Change
from manabiya.roster.calendar.services import set_day_change, withdraw_day_change

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
GIVES_BACK = "SELECT set_config('app.municipality_id', '', true)"
CHOICES = [(0, "present", "absent"), (1, "present", "late"), (2, "present", "not_arrived")]


def text(browser, address=BOARD):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def row(page, name):
    return words(next(r for r in re.findall(r"<tr>.*?</tr>", page, re.S) if f">{name}<" in r))


def test_classes_stand_with_their_counts_and_the_open_ones_in_pencil(city, school):
    school.confirm(CHOICES)
    page = text(pair(city)[0])
    count = len(school.seats[school.room])
    assert row(page, ROOM).endswith(f"{count - 2} / {count} 1 1 1 8:31")
    assert row(page, OTHER).endswith(f"— / {len(school.seats[school.other])} — — — 未確定")
    assert "まだ確定していない学級" in page
    assert "11月20日(金)" in page


def test_absent_late_and_missing_children_are_named_and_nobody_else(city, school):
    school.confirm([*CHOICES, (3, "present", "left_early")])
    page = text(pair(city)[0])
    for place in range(3):
        assert school.name(place) in page
    for place in range(3, len(school.seats[school.room])):
        assert school.name(place) not in page


def test_names_follow_the_choice_of_the_school(city, school):
    school.confirm(CHOICES)
    screen, _ = pair(city)
    assert school.name(2) in text(screen)
    school.settings(shows_names_on_monitor=False)
    page = text(screen)
    for place in range(3):
        assert school.name(place) not in page
    assert "未着 1名" in words(page)
    assert "名前は学校の設定で出していません" in page


def test_protected_child_is_counted_and_never_named(city, school):
    from manabiya.roster.models import Protection

    school.confirm(CHOICES)
    screen, device = pair(city)
    assert school.name(2) in text(screen)
    with city.tenant():
        Protection.objects.create(
            student_id=school.child(2),
            basis="request",
            starts_on=city.today,
            review_on=city.today + timedelta(days=90),
            set_by=device.id,
            set_at=city.now(),
        )
    page = text(screen)
    assert school.name(2) not in page
    assert "未着 1名" in words(page)
    assert school.name(1) in page


REASONS = ("発熱", "感染症", "通院", "頭痛", "咳", "病欠", "事故欠", "出席停止", "忌引", "停止")


def test_no_reason_no_symptom_and_no_cause_is_ever_on_the_wall(city, school):
    from manabiya.apps.attendance.models import AttendanceMark
    from manabiya.apps.observation import services
    from manabiya.apps.observation.queries import GOOD, Entry, health

    school.confirm([(n, "present", "absent") for n in range(3)])
    with city.tenant():
        marks = {m.student_id: m for m in AttendanceMark.objects.filter(date=city.today)}
        for place, (status, reason, cause) in enumerate(
            [
                ("absent_sick", "fever", ""),
                ("attendance_suspension", "infection", "S1"),
                ("bereavement", "bereavement", "S5"),
            ]
        ):
            mark = marks[school.child(place)]
            mark.status, mark.reason, mark.cause, mark.note = status, reason, cause, "ひみつの覚え"
            mark.save()
        services.note_symptoms(
            actor=city.actor("school_nurse", "midorigaoka"),
            homeroom_id=school.room,
            day=city.today,
            entries=[Entry(school.child(5), GOOD, health(["headache", "cough"]))],
            now=city.now(8),
        )
    whole = text(pair(city)[0])
    count = len(school.seats[school.room])
    assert row(whole, ROOM).endswith(f"{count - 3} / {count} 3 0 0 8:31")
    page = words(whole)
    assert page.count("欠席 3名") == 1
    assert [word for word in (*REASONS, "ひみつの覚え") if word in page] == []
    assert school.name(5) not in page


def test_screen_goes_dark_at_the_set_hour_and_lights_up_in_the_morning(city, school, clock):
    school.confirm(CHOICES)
    school.dark_from(16)
    screen, _ = pair(city)
    clock(15, 59)
    assert school.name(2) in text(screen, SCREEN)
    clock(16, 0)
    for address in (SCREEN, BOARD):
        page = text(screen, address)
        assert 'class="dark"' in page
        assert ROOM not in page
        assert school.name(2) not in page
    clock(0, day=city.now(29, 59))
    assert 'class="dark"' in text(screen)
    clock(0, day=city.now(24 * 3 + 7, 0))
    assert 'class="dark"' not in text(screen)


def test_day_off_says_so(city, school, clock):
    screen, _ = pair(city)
    clock(0, day=city.now(24 + 9))
    assert "今日は授業日ではありません" in text(screen)


def test_school_of_many_classes_stands_in_two_columns(city, school):
    from manabiya.roster.models import Homeroom

    screen, _ = pair(city)
    assert text(screen).count("<table") == 1
    with city.tenant():
        first = Homeroom.objects.get(pk=school.room)
        for number in range(20):
            room = Homeroom.objects.create(
                school_id=first.school_id, school_year=2026, name=f"7年{number}組", position=50
            )
            _move(school.child(number), room, city.today)
    page = text(screen, SCREEN)
    assert page.count("<table") == 2
    assert page.count('class="sum"') == 1
    assert all(f"7年{number}組" in page for number in range(20))


def _move(child, room, today):
    from manabiya.roster.models import Enrollment

    Enrollment.objects.filter(student_id=child, ends_on=None).update(homeroom=room)


def tagged(browser, tag=""):
    return browser.get(BOARD, headers={"If-None-Match": tag} if tag else {})


def test_nothing_new_is_answered_304_without_a_body(city, school):
    school.confirm(CHOICES)
    screen, _ = pair(city)
    first = tagged(screen)
    again = tagged(screen, first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def changes(city, school):
    """Yield what happens on a morning, one after the other."""
    yield "another class is confirmed", lambda: school.confirm(room=school.other)
    yield (
        "a child comes late",
        lambda: school.confirm([(2, "not_arrived", "late")], at=(8, 50)),
    )
    yield (
        "a mark is taken away",
        lambda: school.confirm([(0, "absent_other", "present")], at=(8, 51)),
    )
    yield "names are turned off", lambda: school.settings(shows_names_on_monitor=False)
    yield "the hour of the dark is moved", lambda: school.dark_from(15)


def test_every_change_of_the_morning_changes_the_tag(city, school):
    school.confirm(CHOICES)
    screen, _ = pair(city)
    tag = tagged(screen)["ETag"]
    for what, happens in changes(city, school):
        happens()
        answer = tagged(screen, tag)
        assert answer.status_code == 200, what
        assert answer["ETag"] != tag, what
        tag = answer["ETag"]


def test_mark_written_anew_from_elsewhere_changes_the_tag(city, school):
    from manabiya.apps.attendance.models import AttendanceMark

    school.confirm(CHOICES)
    screen, _ = pair(city)
    tag = tagged(screen)["ETag"]
    with city.tenant():
        AttendanceMark.objects.filter(student_id=school.child(2), date=city.today).update(
            status="absent_other", decided_at=city.now(8, 55)
        )
    assert tagged(screen, tag).status_code == 200


def test_tag_is_new_every_five_minutes_so_that_nothing_is_older(city, school, clock):
    screen, _ = pair(city)
    tag = tagged(screen)["ETag"]
    clock(8, 44)
    assert tagged(screen, tag).status_code == 304
    clock(8, 45)
    assert tagged(screen, tag).status_code == 200


def test_two_screens_have_tags_of_their_own(city, school):
    assert tagged(pair(city)[0])["ETag"] != tagged(pair(city, "南側")[0])["ETag"]


def asked(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    sqls = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in sqls if not sql.startswith(CONTROL) and sql != GIVES_BACK]


@pytest.mark.parametrize("children", [5, 40])
def test_poll_asks_two_questions_when_nothing_is_new_and_six_at_most(city, school, children):
    from manabiya.apps.monitor.models import MonitorDevice
    from manabiya.kernel.clock import real_now

    with city.tenant():
        fill(city, school.room, children)
    school.confirm([(n, "present", "absent") for n in range(4)])
    screen, _ = pair(city)
    tag = tagged(screen)["ETag"]
    assert len(asked(lambda: tagged(screen, tag))) == 2
    assert len(asked(lambda: tagged(screen))) == 5
    with city.tenant():
        MonitorDevice.objects.update(last_seen_at=real_now() - timedelta(hours=1))
    assert len(asked(lambda: tagged(screen))) == 6


def test_screen_of_one_school_shows_nothing_of_another(city, school):
    school.confirm(CHOICES)
    far, _ = pair(city, role="principal", school="higashikawabata")
    page = text(far, SCREEN)
    assert "東川端" in page
    assert "緑が丘" not in page
    assert all(school.name(place) not in page for place in range(3))


def test_token_of_one_municipality_opens_nothing_in_the_other(city, school):
    screen, _ = pair(city)
    token = screen.cookies["manabiya-wall"].value
    stranger = Client()
    stranger.cookies["manabiya-wall"] = token
    assert stranger.get("/m/sawanose/wall/screen/").status_code == 404
    assert stranger.get("/m/nowhere/wall/screen/").status_code == 404


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "%00%E3%81%82"])
def test_without_a_valid_token_there_is_no_page(city, school, token):
    pair(city)
    browser = Client()
    browser.cookies["manabiya-wall"] = token
    for address in (SCREEN, BOARD):
        assert browser.get(address).status_code == 404


def test_hash_of_a_token_is_no_token(city, school):
    _, device = pair(city)
    browser = Client()
    browser.cookies["manabiya-wall"] = device.token_hash
    assert browser.get(SCREEN).status_code == 404


def test_person_without_the_cookie_sees_no_wall_whatever_the_post(city, school):
    pair(city)
    for role in ("principal", "office_staff"):
        assert city.client(role, "midorigaoka").get(SCREEN).status_code == 404


def test_screen_is_no_person(city, school):
    """Its cookie opens no page of people, and it may not send anything."""
    screen, _ = pair(city)
    staff = screen.get("/m/shirakabano/school/midorigaoka/attendance/")
    assert staff.url.startswith("/login/")
    assert screen.post(SCREEN).status_code == 404


def decide(city, kind, **more):
    with city.tenant():
        change = Change(kind, city.today, city.today, cause="weather", **more)
        row = set_day_change(
            actor=city.actor("principal", "midorigaoka"), change=change, now=city.now(6, 30)
        )
    return row


def test_a_later_start_keeps_the_wall_quiet_for_whom_it_was_decided(city, school, clock):
    screen, _ = pair(city)
    tag = tagged(screen)["ETag"]
    assert 'class="alarm"' in text(screen)
    decide(city, DELAYED, minutes=120)
    assert tagged(screen, tag).status_code == 200, "the wall knows at once"
    assert 'class="alarm"' not in text(screen)
    clock(10, 40)
    assert 'class="alarm"' in text(screen)


def test_a_later_start_of_one_grade_leaves_the_others_due(city, school, clock):
    decide(city, DELAYED, minutes=120, grade_level=1)
    assert 'class="alarm"' in text(pair(city)[0])


def test_a_closed_class_is_not_waited_for(city, school, clock):
    school.confirm([(2, "present", "not_arrived")], room=school.other)
    screen, _ = pair(city)
    assert f">{ROOM}<" in text(screen)
    row = decide(city, CLOSED, homeroom_id=school.room)
    page = text(screen)
    assert f">{ROOM}<" not in page
    assert f">{OTHER}<" in page
    with city.tenant():
        withdraw_day_change(
            actor=city.actor("principal", "midorigaoka"), change_id=row.id, now=city.now(8, 42)
        )
    assert f">{ROOM}<" in text(screen)
