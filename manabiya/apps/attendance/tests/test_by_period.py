"""By period: what is kept of a lesson, who may, and the day that follows and is confirmed."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.attendance import by_period, queries, rules, services
from manabiya.apps.attendance.by_period import Cell, Lessons
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    MarkChange,
    PeriodMark,
    PeriodRoll,
)
from manabiya.apps.attendance.tests.test_class_days import report_for
from manabiya.apps.attendance.tests.test_query_counts import asked
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.models import Enrollment, School
from manabiya.roster.queries import seats_on

SCHOOL = "/m/shirakabano/school/higashikawabata/attendance/class/"
MAY = ["homeroom_teacher", "assistant_homeroom_teacher", "school_nurse", "vice_principal",
       "principal", "subject_teacher"]  # fmt: skip
MAY_NOT = ["academic_affairs_head", "grade_head", "office_staff", "ict_supporter"]  # fmt: skip


@pytest.fixture(autouse=True)
def at_seven_fifty(city, monkeypatch):
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda municipality: city.now())


@pytest.fixture
def room(scope):
    """Return id and children of 1年1組 of the 中学校, without reports of today."""
    homeroom_id = scope.homeroom_id("1年1組", "higashikawabata")
    ids = [seat.student_id for seat in seats_on(homeroom_id, scope.today)]
    AbsenceReport.objects.filter(student_id__in=ids).delete()
    return homeroom_id, ids


def mark(city, homeroom_id, cells=(), periods=(), *, role="homeroom_teacher", at=(9, 40), day=None):
    return services.mark_periods(
        actor=city.actor(role, "higashikawabata"),
        homeroom_id=homeroom_id,
        day=day or city.today,
        cells=[Cell(*cell) for cell in cells],
        periods=periods,
        now=city.now(*at),
    )


def kept(student_id):
    rows = PeriodMark.objects.filter(student_id=student_id)
    return dict(rows.values_list("period", "status"))


def standing(city, homeroom_id, student_id):
    page = queries.class_page(
        city.actor("homeroom_teacher", "higashikawabata"),
        homeroom_id=homeroom_id,
        day=city.today,
        today=city.today,
    )
    return next(row.standing for row in page.rows if row.seat.student_id == student_id)


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ({}, "present"),
        ({1: "absent"}, "late"),
        ({1: "absent", 2: "absent", 3: "absent"}, "absent_other"),
        ({3: "absent"}, "left_early"),
        ({2: "absent"}, "present"),
        ({1: "late"}, "late"),
        ({3: "left_early"}, "left_early"),
        ({1: "absent", 3: "absent"}, "late_left_early"),
    ],
)
def test_day_follows_from_three_taken_periods(statuses, code):
    assert Lessons(frozenset({1, 2, 3}), statuses).code == code


@pytest.mark.parametrize(
    ("statuses", "reported", "code"),
    [
        ({}, "absent_sick", "present"),
        ({}, "left_early", "left_early"),
        ({}, "late", "present"),
        ({1: "absent"}, "absent_sick", "late"),
        ({1: "absent", 2: "absent"}, "absent_sick", "absent_sick"),
        ({1: "absent", 2: "absent"}, "late", "late"),
        ({1: "absent", 2: "absent"}, "present", "absent_other"),
    ],
)
def test_lessons_go_before_what_was_reported_as_far_as_they_say(statuses, reported, code):
    assert by_period.propose(Lessons(frozenset({1, 2}), statuses), reported) == code


@given(
    st.sets(st.sampled_from(by_period.PERIODS)),
    st.dictionaries(st.sampled_from(by_period.PERIODS), st.sampled_from(by_period.STATUSES[1:])),
)
def test_only_taken_periods_count_and_one_lesson_attended_is_a_day(taken, marks):
    lessons = Lessons(frozenset(taken), marks)
    attended = [p for p in taken if marks.get(p) != "absent"]
    assert (lessons.code in rules.ABSENT_CODES) == bool(taken and not attended)
    only = Lessons(lessons.taken, {p: s for p, s in marks.items() if p in taken})
    assert only.code == lessons.code


@pytest.mark.parametrize(
    ("kind", "grade", "is_so"),
    [
        ("junior_high_school", 1, True),
        ("elementary_school", 6, False),
        ("compulsory_education_school", 6, False),
        ("compulsory_education_school", 7, True),
    ],
)
def test_which_grades_are_taken_by_period(kind, grade, is_so):
    assert by_period.is_by_period(kind, grade) is is_so


@pytest.mark.parametrize("role", MAY)
def test_who_confirms_the_class_takes_a_period(city, room, role):
    homeroom_id, ids = room
    done = mark(city, homeroom_id, [(ids[0], 1, "", "absent")], [1, 2], role=role)
    assert (done.changed, done.periods) == (1, (1, 2))
    row = PeriodMark.objects.get(student_id=ids[0])
    assert (row.period, row.status, row.homeroom_id) == (1, "absent", homeroom_id)
    assert (row.marked_at, row.marked_by_id) == (
        city.now(9, 40), city.actor(role, "higashikawabata").person_id,
    )  # fmt: skip
    assert set(PeriodRoll.objects.values_list("period", flat=True)) == {1, 2}
    entry = AuditEntry.objects.get(action="attendance.period:mark")
    assert (entry.subject_id, entry.subject_count, entry.data_class) == (homeroom_id, 1, 2)
    assert entry.details["periods"] == [1, 2]


@pytest.mark.parametrize("role", MAY_NOT)
def test_others_may_not_and_nothing_is_written(city, room, role):
    with pytest.raises(Refused):
        mark(city, room[0], [(room[1][0], 1, "", "absent")], [1], role=role)
    assert not PeriodMark.objects.exists()
    assert not PeriodRoll.objects.exists()


def test_another_class_of_the_teacher_s_school_and_another_school_are_404(city, room):
    other = city.homeroom_id("2年1組", "higashikawabata")
    child = seats_on(other, city.today)[0].student_id
    with pytest.raises(Http404):
        mark(city, other, [(child, 1, "", "absent")])
    with pytest.raises(Http404):
        services.mark_periods(
            actor=city.actor("vice_principal", "midorigaoka"), homeroom_id=room[0],
            day=city.today, cells=[], periods=[1], now=city.now(9),
        )  # fmt: skip
    assert not PeriodRoll.objects.exists()


def test_refused_for_another_child_another_day_and_an_elementary_class(city, room):
    homeroom_id, ids = room
    stranger = seats_on(city.homeroom_id("2年1組", "higashikawabata"), city.today)[0].student_id
    for child, day, match in (
        (stranger, city.today, "この学級にいない人"),
        (ids[0], city.today + timedelta(days=3), "これからの日"),
        (ids[0], city.today - timedelta(days=5), "時間ごとに記録しません"),
    ):
        with pytest.raises(services.AttendanceRefused, match=match):
            mark(city, homeroom_id, [(child, 1, "", "absent")], day=day)
    with pytest.raises(services.AttendanceRefused, match="時間ごとに記録しません"):
        services.mark_periods(
            actor=city.actor("vice_principal", "midorigaoka"),
            homeroom_id=city.homeroom_id("1年1組"),
            day=city.today, cells=[], periods=[1], now=city.now(9),
        )  # fmt: skip
    assert not PeriodMark.objects.exists()
    assert not PeriodRoll.objects.exists()


def test_two_teachers_meet_lesson_by_lesson(city, room):
    homeroom_id, ids = room
    mark(city, homeroom_id, [(ids[0], 1, "", "absent")], role="vice_principal")
    mark(city, homeroom_id, [(ids[0], 2, "", "late"), (ids[0], 1, "", "")])
    assert kept(ids[0]) == {1: "absent", 2: "late"}
    with pytest.raises(services.PeriodClash) as clash:
        mark(city, homeroom_id, [(ids[0], 1, "", "late"), (ids[1], 1, "", "absent")])
    assert clash.value.clashes == (by_period.CellClash(ids[0], 1, "late", "absent"),)
    assert kept(ids[1]) == {}
    mark(city, homeroom_id, [(ids[0], 1, "absent", "late")])
    assert kept(ids[0]) == {1: "late", 2: "late"}


def test_changes_of_a_taken_period_keep_history_and_the_first_word_does_not(city, room):
    homeroom_id, ids = room
    mark(city, homeroom_id, [(ids[0], 1, "", "absent")])
    assert not MarkChange.objects.filter(student_id=ids[0]).exists()
    mark(city, homeroom_id, [(ids[0], 1, "absent", ""), (ids[1], 1, "", "late")], at=(10, 5))
    changes = {c.student_id: (c.old, c.new, c.changed_at) for c in MarkChange.objects.all()
               if c.student_id in ids}  # fmt: skip
    assert changes == {
        ids[0]: (
            {"period": 1, "status": "absent"}, {"period": 1, "status": ""}, city.now(10, 5),
        ),
        ids[1]: ({"period": 1, "status": ""}, {"period": 1, "status": "late"}, city.now(10, 5)),
    }  # fmt: skip
    assert kept(ids[0]) == {}


def test_derived_day_is_proposed_and_the_class_teacher_confirms_it(city, room):
    homeroom_id, ids = room
    report_for(city, ids[1], reason="fever")
    mark(city, homeroom_id, [(ids[0], 1, "", "absent"), (ids[1], 1, "", "absent")], [1])
    assert standing(city, homeroom_id, ids[0]).code == "absent_other"
    assert standing(city, homeroom_id, ids[1]).code == "absent_sick"
    mark(city, homeroom_id, (), [2], at=(10, 40))
    proposed = standing(city, homeroom_id, ids[0])
    assert (proposed.code, proposed.is_decided) == ("late", False)
    assert not AttendanceMark.objects.filter(student_id=ids[0], date=city.today).exists()
    services.confirm_day(
        actor=city.actor("homeroom_teacher", "higashikawabata"), homeroom_id=homeroom_id,
        day=city.today, entries=[rules.Entry(ids[0], "late", "late")], now=city.now(10, 50),
    )  # fmt: skip
    assert AttendanceMark.objects.get(student_id=ids[0], date=city.today).late
    mark(city, homeroom_id, [(ids[0], 2, "", "absent")], at=(11, 0))
    decided = standing(city, homeroom_id, ids[0])
    assert (decided.code, decided.is_decided) == ("late", True)
    assert MarkChange.objects.get(student_id=ids[0]).new == {"period": 2, "status": "absent"}


@pytest.mark.parametrize("period", [0, 7])
def test_database_knows_six_periods(city, room, period):
    homeroom_id, ids = room
    person = city.actor("homeroom_teacher", "higashikawabata").person_id
    with pytest.raises(IntegrityError, match="period_mark_period"), transaction.atomic():
        PeriodMark.objects.create(
            student_id=ids[0], date=city.today, homeroom_id=homeroom_id, period=period,
            status="absent", marked_by_id=person, marked_at=city.now(9),
        )  # fmt: skip


def test_page_is_reached_from_the_class_and_saves(city, room):
    homeroom_id, ids = room
    client = city.client("homeroom_teacher", "higashikawabata")
    address = f"{SCHOOL}{homeroom_id}/2026-11-20/"
    assert f'href="{address}by-period/"' in client.get(address).content.decode()
    html = client.get(f"{address}by-period/").content.decode()
    assert html.count("<select") == len(ids) * 6
    hidden = re.search(r'name="b" value="([^"]*)"', html)[1]
    data = {"b": hidden, "c0-1": "absent", "c2-2": "late", "t": ["1", "2"]}
    answer = client.post(f"{address}by-period/", data, follow=True).content.decode()
    assert "1、2時間目を確かめました。2か所を記録しました。" in answer
    assert re.search(r'<option value="absent" selected>欠</option>', answer)
    page = client.get(address).content.decode()
    assert "時間ごと 1欠" in page
    row = re.search(r'<li class="pupil[^>]*>(?:(?!</li>).)*id="n0".*?</li>', page, re.S)[0]
    assert 'data-proposed="late"' in row


def test_page_shows_a_clash_with_both_values_and_keeps_what_was_typed(city, room):
    homeroom_id, ids = room
    client = city.client("homeroom_teacher", "higashikawabata")
    address = f"{SCHOOL}{homeroom_id}/2026-11-20/by-period/"
    hidden = re.search(r'name="b" value="([^"]*)"', client.get(address).content.decode())[1]
    mark(city, homeroom_id, [(ids[0], 1, "", "absent")], role="vice_principal")
    answer = client.post(address, {"b": hidden, "c0-1": "late", "c1-1": "late"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "1時間目: あなたの入力 遅、いまの記録 欠" in html
    assert html.count('<option value="late" selected>') == 2
    again = re.search(r'name="b" value="([^"]*)"', html)[1]
    assert client.post(address, {"b": again, "c0-1": "late", "c1-1": "late"}).status_code == 302
    assert (kept(ids[0]), kept(ids[1])) == ({1: "late"}, {1: "late"})


@pytest.mark.parametrize(
    "data", [{"b": "x"}, {"b": "0" * 32, "c0-1": "gone"}, {"b": "0" * 32, "t": "9"}]
)
def test_form_no_page_of_ours_sent_is_refused(city, room, data):
    address = f"{SCHOOL}{room[0]}/2026-11-20/by-period/"
    assert city.client("homeroom_teacher", "higashikawabata").post(address, data).status_code == 400


def test_elementary_class_has_neither_link_nor_page(city, room):
    homeroom_id = city.homeroom_id("1年1組")
    client = city.client("homeroom_teacher", "midorigaoka")
    address = f"/m/shirakabano/school/midorigaoka/attendance/class/{homeroom_id}/2026-11-20/"
    assert "by-period" not in client.get(address).content.decode()
    assert client.get(f"{address}by-period/").status_code == 404


def test_later_grades_of_a_compulsory_education_school_are_taken_by_period(city, room):
    homeroom_id = room[0]
    School.objects.filter(slug="higashikawabata").update(kind="compulsory_education_school")
    client = city.client("homeroom_teacher", "higashikawabata")
    address = f"{SCHOOL}{homeroom_id}/2026-11-20/by-period/"
    assert client.get(address).status_code == 404
    Enrollment.objects.filter(homeroom_id=homeroom_id).update(grade_level=7)
    assert client.get(address).status_code == 200


def test_page_by_period_asks_the_same_for_every_class(city, room):
    client = city.client("vice_principal", "higashikawabata")
    address = f"{SCHOOL}{room[0]}/2026-11-20/by-period/"
    client.get(address)
    everybody = len(asked(client, address))
    Enrollment.objects.filter(homeroom_id=room[0], roll_number__gt=5).update(
        ends_on=city.today - timedelta(days=1)
    )
    assert len(asked(client, address)) == everybody <= 15


def test_subject_teacher_comes_by_the_marks_and_sees_neither_class_page_nor_reasons(city):
    with city.tenant():
        homeroom_id = city.homeroom_id("1年1組", "higashikawabata")
    teacher = city.client("subject_teacher", "higashikawabata")
    marks = f"{SCHOOL.replace('class/', 'marks/')}{homeroom_id}/{city.today}/"
    address = f"{SCHOOL}{homeroom_id}/{city.today}/by-period/"
    assert f'href="{address}"' in teacher.get(marks).content.decode()
    page = teacher.get(address)
    assert page.status_code == 200
    content = page.content.decode()
    assert f'href="{marks}"' in content
    assert f'href="{SCHOOL}{homeroom_id}/{city.today}/"' not in content
    assert teacher.get(f"{SCHOOL}{homeroom_id}/{city.today}/").status_code == 403
