"""Long absence: which days are behind an alert, who sees it, how it is put aside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.absences import alerts_of
from manabiya.apps.morning.models import AbsenceDismissal
from manabiya.apps.morning.tests.conftest import SCHOOL
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.law.absence_alerts import ABSENT
from manabiya.law.attendance_day import Day, DayStatus, counts_as_attended
from manabiya.roster.models import CalendarDay, Enrollment
from manabiya.roster.queries import seats_on

PAGE = f"/m/shirakabano/school/{SCHOOL}/attendance/long-absence/"
LETTERS = {
    "p": (DayStatus.PRESENT, None),
    "s": (DayStatus.ABSENT_SICK, None),
    "o": (DayStatus.ABSENT_OTHER, None),
    "x": (DayStatus.ATTENDANCE_SUSPENSION, "S1"),
    "b": (DayStatus.BEREAVEMENT, "S5"),
    "d": (DayStatus.DEEMED_PRESENT, None),
    "u": (DayStatus.UNCONFIRMED, None),
}


def days_of(letters):
    start = date(2026, 4, 7)
    return [
        Day(start + timedelta(days=n), LETTERS[letter][0], LETTERS[letter][1])
        for n, letter in enumerate(letters)
    ]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("pss", []),
        ("psss", [("absent", 3, 1)]),
        ("psxso", [("absent", 3, 1)]),
        ("psssp", []),
        ("psssu", [("absent", 3, 1)]),
        ("pxxxxxxx", [("unseen", 7, 1)]),
        ("pxxxxxxd", []),
        ("psssxxxx", [("absent", 3, 1), ("unseen", 7, 1)]),
        ("s" * 29 + "p", []),
        ("s" * 15 + "b" * 15 + "p", [("long", 30, 0)]),
        ("", []),
    ],
)
def test_three_in_a_row_seven_unseen_thirty_in_the_year(letters, expected):
    found = alerts_of(days_of(letters))
    start = date(2026, 4, 7)
    assert [(a.kind, a.count, (a.since - start).days) for a in found] == expected
    assert all(len(alert.days) == alert.count for alert in found)


@given(st.text(alphabet="psoxbdu", max_size=60))
def test_days_behind_an_alert_are_days_away_and_as_many_as_it_says(letters):
    for alert in alerts_of(days_of(letters)):
        assert len(alert.days) == alert.count
        assert [day.date for day in alert.days] == sorted(day.date for day in alert.days)
        assert not any(counts_as_attended(day.status) for day in alert.days)
        if alert.kind == "absent":
            assert all(day.status in ABSENT for day in alert.days)


@pytest.fixture
def year(scope):
    """Return class, children and the last forty school days up to today, each confirmed."""
    homeroom_id = scope.homeroom_id("1年1組")
    ids = [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
    AttendanceMark.objects.all().delete()
    calendar = CalendarDay.objects.filter(
        school__slug=SCHOOL, is_school_day=True, grade_level=0, date__lte=scope.today
    )
    dates = sorted(calendar.order_by("-date").values_list("date", flat=True)[:40])
    teacher = scope.actor("homeroom_teacher", SCHOOL)
    for day in dates:
        ClassDay.objects.update_or_create(
            homeroom_id=homeroom_id,
            date=day,
            defaults={"confirmed_at": scope.now(8, 30), "confirmed_by_id": teacher.person_id},
        )
    return homeroom_id, ids, dates


def away(city, year, child, days, status="absent_sick", cause=""):
    homeroom_id, ids, dates = year
    for day in [dates[n] for n in days]:
        AttendanceMark.objects.create(
            student_id=ids[child],
            date=day,
            homeroom_id=homeroom_id,
            status=status,
            cause=cause,
            source="teacher",
            decided_by_id=city.actor("homeroom_teacher", SCHOOL).person_id,
            decided_at=city.now(8, 30),
        )


def open_alerts(city, role="vice_principal"):
    page = queries.long_absence_of(city.actor(role, SCHOOL), today=city.today)
    return [(line.seat.student_id, line.alert.kind, line.alert.count) for line in page.open]


def test_alerts_come_in_the_order_of_the_class_never_by_length(scope, year):
    _room, ids, _dates = year
    away(scope, year, 5, range(-4, 0))
    away(scope, year, 2, range(-3, 0))
    away(scope, year, 9, range(-20, -10))
    assert open_alerts(scope) == [(ids[2], "absent", 3), (ids[5], "absent", 4)]


def test_thirty_days_with_excused_ones_are_told_with_every_day(scope, year):
    _room, ids, dates = year
    away(scope, year, 1, range(5, 25))
    away(scope, year, 1, range(25, 35), "attendance_suspension", "S1")
    page = queries.long_absence_of(scope.actor("principal", SCHOOL), today=scope.today)
    [line] = page.open
    assert (line.seat.student_id, line.alert.kind, line.alert.count) == (ids[1], "long", 30)
    assert [day.date for day in line.alert.days] == dates[5:35]


def test_day_nobody_confirmed_and_a_day_off_count_nowhere(scope, year):
    homeroom_id, _ids, dates = year
    away(scope, year, 2, range(-3, 0))
    ClassDay.objects.filter(homeroom_id=homeroom_id, date=dates[-2]).delete()
    assert open_alerts(scope) == []


def dismiss(
    city, student_id, since, *, role="homeroom_teacher", reason="電話で確かめた。来週から登校"
):
    return services.dismiss_alert(
        actor=city.actor(role, SCHOOL),
        student_id=student_id,
        kind="absent",
        since=since,
        reason=reason,
        now=city.now(16, 0),
    )


def test_alert_put_aside_with_a_reason_stays_readable_and_a_new_stretch_is_told_again(scope, year):
    _room, ids, dates = year
    away(scope, year, 2, range(-7, -4))
    earlier = scope.actor("homeroom_teacher", SCHOOL)
    page = queries.long_absence_of(replace(earlier, today=dates[-5]), today=dates[-5])
    assert [line.alert.since for line in page.open] == [dates[-7]]
    away(scope, year, 2, range(-3, 0))
    row = dismiss(scope, ids[2], dates[-3])
    assert (row.dismissed_by_id, row.dismissed_at) == (earlier.person_id, scope.now(16, 0))
    page = queries.long_absence_of(earlier, today=scope.today)
    assert page.open == []
    assert [line.dismissal.reason for line in page.dismissed] == ["電話で確かめた。来週から登校"]
    entry = AuditEntry.objects.get(action="morning.absence:dismiss")
    assert (entry.subject_id, entry.details) == (ids[2], {"dismissal": str(row.id)})


def test_longer_stretch_of_the_same_absence_is_not_told_again_but_seven_days_are(scope, year):
    _room, ids, dates = year
    away(scope, year, 2, range(-7, 0))
    dismiss(scope, ids[2], dates[-7])
    assert open_alerts(scope) == [(ids[2], "unseen", 7)]


@pytest.mark.parametrize("reason", ["", "  ", "はい"])
def test_reason_nobody_learns_from_is_refused(scope, year, reason):
    _room, ids, dates = year
    away(scope, year, 2, range(-3, 0))
    with pytest.raises(services.MorningRefused, match="確かめ"):
        dismiss(scope, ids[2], dates[-3], reason=reason)
    assert not AbsenceDismissal.objects.exists()


def test_alert_that_is_not_there_can_not_be_put_aside_nor_twice(scope, year):
    _room, ids, dates = year
    away(scope, year, 2, range(-3, 0))
    with pytest.raises(services.MorningRefused, match="もう出ていません"):
        dismiss(scope, ids[2], dates[-4])
    dismiss(scope, ids[2], dates[-3])
    with pytest.raises(services.MorningRefused, match="もう出ていません"):
        dismiss(scope, ids[2], dates[-3])


def test_teacher_is_told_of_the_own_class_only(scope, year):
    _room, ids, dates = year
    away(scope, year, 2, range(-3, 0))
    assert [row[0] for row in open_alerts(scope, "homeroom_teacher")] == [ids[2]]
    teacher = scope.actor("homeroom_teacher", SCHOOL)
    other = frozenset([scope.homeroom_id("2年1組")])
    elsewhere = replace(
        teacher, grants=tuple(replace(g, homeroom_ids=other) for g in teacher.grants)
    )
    assert queries.long_absence_of(elsewhere, today=scope.today).open == []
    with pytest.raises(Http404):
        services.dismiss_alert(
            actor=elsewhere, student_id=ids[2], kind="absent", since=dates[-3],
            reason="確かめました", now=scope.now(16, 0),
        )  # fmt: skip


@pytest.mark.parametrize("role", ["office_staff", "grade_head", "subject_teacher"])
def test_others_at_school_are_told_nothing(scope, year, role):
    assert scope.client(role, SCHOOL).get(PAGE).status_code == 403
    actor = scope.actor(role, SCHOOL)
    actor = replace(actor, grants=tuple(g for g in actor.grants if g.role == role))
    with pytest.raises(Refused):
        services.dismiss_alert(
            actor=actor, student_id=year[1][2], kind="absent", since=year[2][-3],
            reason="確かめました", now=scope.now(16, 0),
        )  # fmt: skip


def test_page_shows_the_days_and_takes_the_reason(scope, year, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: scope.now(16, 0))
    _room, ids, dates = year
    away(scope, year, 2, range(-3, 0))
    client = scope.client("vice_principal", SCHOOL)
    page = client.get(PAGE).content.decode()
    assert "続けて欠席 3日" in page
    for day in dates[-3:]:
        assert f"{day.month}月{day.day}日 病気欠席" in page
    form = {"kind": "absent", "since": dates[-3].isoformat(), "reason": ""}
    answer = client.post(f"{PAGE}{ids[2]}/dismiss/", form)
    assert answer.status_code == 422
    answer = client.post(f"{PAGE}{ids[2]}/dismiss/", {**form, "reason": "短い"})
    assert answer.status_code == 409
    assert 'value="短い"' in answer.content.decode()
    done = client.post(
        f"{PAGE}{ids[2]}/dismiss/", {**form, "reason": "家庭訪問をした"}, follow=True
    )
    assert "確かめたことを残しました" in done.content.decode()
    assert "家庭訪問をした" in done.content.decode()


def test_page_asks_the_same_number_for_one_and_for_ten_children(scope, year, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: scope.now(16, 0))
    client = scope.client("vice_principal", SCHOOL)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len([q for q in captured.captured_queries if q["sql"].startswith("SELECT")])

    away(scope, year, 1, range(-3, 0))
    asked()
    few = asked()
    for child in range(2, 11):
        away(scope, year, child, range(-8, 0))
    assert len(client.get(PAGE).context["page"].open) == 19
    assert asked() == few


def test_board_of_today_says_how_many_wait_to_be_looked_into(scope, year, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: scope.now(16, 0))
    away(scope, year, 2, range(-8, 0))
    home = PAGE.replace("attendance/long-absence/", "")
    assert "長い欠席の知らせ 1名" in scope.client("school_nurse", SCHOOL).get(home).content.decode()
    office = scope.client("office_staff", SCHOOL).get(home).content.decode()
    assert "長い欠席の知らせ" not in office


def test_child_that_moved_within_the_school_keeps_its_days(scope, year):
    _homeroom_id, ids, dates = year
    away(scope, year, 2, range(-3, 0))
    other = scope.homeroom_id("1年2組")
    seat = Enrollment.objects.get(student_id=ids[2], ends_on=None)
    Enrollment.objects.filter(pk=seat.pk).update(ends_on=dates[-2])
    Enrollment.objects.create(
        student_id=ids[2], school_id=seat.school_id, homeroom_id=other, roll_number=99,
        grade_level=seat.grade_level, starts_on=dates[-1], entry="class_change",
    )  # fmt: skip
    assert open_alerts(scope) == []
    ClassDay.objects.create(
        homeroom_id=other, date=dates[-1], confirmed_at=scope.now(8, 30),
        confirmed_by_id=scope.actor("vice_principal", SCHOOL).person_id,
    )  # fmt: skip
    assert open_alerts(scope) == [(ids[2], "absent", 3)]
