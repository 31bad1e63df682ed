"""An edit of a confirmed day keeps what stays true; today's cover edits and reads today only."""

from datetime import date, time

import pytest
from django.http import Http404

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.roster.models import Cover

SCHOOL = "midorigaoka"
YESTERDAY = date(2026, 11, 19)


@pytest.fixture
def confirmed(scope, room):
    """Return a class of today confirmed with everybody present, and its children."""
    homeroom_id, ids = room
    ClassDay.objects.filter(homeroom_id=homeroom_id, date=scope.today).delete()
    save(scope, homeroom_id, [], (8, 31))
    return homeroom_id, ids


def save(scope, homeroom_id, entries, at, actor=None, day=None):
    return services.confirm_day(
        actor=actor or scope.actor("school_nurse", SCHOOL), homeroom_id=homeroom_id,
        day=day or scope.today, entries=entries, now=scope.now(*at),
    )  # fmt: skip


def mark_of(scope, student_id):
    return AttendanceMark.objects.get(student_id=student_id, date=scope.today)


def test_a_late_child_that_leaves_later_keeps_when_it_came(scope, confirmed):
    homeroom_id, ids = confirmed
    save(scope, homeroom_id, [rules.Entry(ids[0], "present", "late")], (9, 5))
    save(scope, homeroom_id, [rules.Entry(ids[0], "late", "late_left_early")], (13, 20))
    mark = mark_of(scope, ids[0])
    assert (mark.arrived_time, mark.left_time) == (time(9, 5), time(13, 20))


def test_a_child_sent_home_keeps_time_and_reason_when_its_lateness_is_added(scope, confirmed):
    homeroom_id, ids = confirmed
    nurse = scope.actor("school_nurse", SCHOOL)
    services.send_home(
        actor=nurse, student_id=ids[0], reason="fever", left_at=time(10, 20), note="37.8度",
        now=scope.now(10, 30),
    )  # fmt: skip
    save(scope, homeroom_id, [rules.Entry(ids[0], "left_early", "late_left_early")], (14, 0))
    mark = mark_of(scope, ids[0])
    assert (mark.left_time, mark.reason, mark.note) == (time(10, 20), "fever", "37.8度")


def test_a_child_that_did_not_come_after_all_keeps_no_time(scope, confirmed):
    homeroom_id, ids = confirmed
    save(scope, homeroom_id, [rules.Entry(ids[0], "present", "late")], (9, 5))
    save(scope, homeroom_id, [rules.Entry(ids[0], "late", "absent_other")], (9, 30))
    mark = mark_of(scope, ids[0])
    assert (mark.status, mark.arrived_time, mark.reason) == ("absent_other", None, "")


def test_a_disaster_is_called_so_on_the_page_of_the_child(scope, room):
    homeroom_id, ids = room
    nurse = scope.actor("school_nurse", SCHOOL)
    AttendanceMark.objects.create(
        student_id=ids[0], date=scope.today, homeroom_id=homeroom_id, cause="S6",
        status="attendance_suspension", source="teacher", decided_by_id=nurse.person_id,
        decided_at=scope.now(8, 31),
    )  # fmt: skip
    page = queries.child_day(nurse, student_id=ids[0], day=scope.today)
    assert page.standing.code == "disaster"


@pytest.fixture
def cover(scope, room):
    """Return somebody who covers the class today."""
    member = scope.membership("subject_teacher", SCHOOL)
    Cover.objects.create(homeroom_id=room[0], staff_member_id=member.person_id, date=scope.today)
    return scope.actor("subject_teacher", SCHOOL)


def test_cover_opens_and_edits_today_and_no_other_day(scope, confirmed, cover):
    homeroom_id, ids = confirmed
    teacher = scope.actor("homeroom_teacher", SCHOOL)
    entries = [rules.Entry(ids[0], "present", "late")]
    for day, viewer, is_open in (
        (scope.today, cover, True),
        (YESTERDAY, cover, False),
        (YESTERDAY, teacher, True),
    ):
        deeds = (
            lambda d=day, v=viewer: queries.class_page(
                v, homeroom_id=homeroom_id, day=d, today=scope.today
            ),
            lambda d=day, v=viewer: queries.child_day(v, student_id=ids[0], day=d),
            lambda d=day, v=viewer: save(scope, homeroom_id, entries, (9, 5), v, d),
        )
        for deed in deeds:
            if is_open:
                deed()
            else:
                with pytest.raises(Http404):
                    deed()
    marks = AttendanceMark.objects.filter(student_id=ids[0]).order_by("date")
    assert {(m.date, m.decided_by_id) for m in marks} == {
        (YESTERDAY, teacher.person_id), (scope.today, cover.person_id),
    }  # fmt: skip


def test_page_offers_cover_no_other_day(scope, confirmed, cover):
    links = {}
    for role in ("subject_teacher", "homeroom_teacher"):
        client = scope.client(role, SCHOOL)
        address = f"/m/shirakabano/school/{SCHOOL}/attendance/class/{confirmed[0]}/"
        page = client.get(f"{address}{scope.today}/")
        assert page.status_code == 200
        links[role] = f"{address}{YESTERDAY}/" in page.content.decode()
        assert client.get(f"{address}{YESTERDAY}/").status_code == (200 if links[role] else 404)
    assert links == {"subject_teacher": False, "homeroom_teacher": True}
