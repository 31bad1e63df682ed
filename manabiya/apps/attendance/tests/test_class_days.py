"""Confirming a class day: what is written, who may, and how two teachers meet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from manabiya.apps.attendance import rules, services
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.tests.periods import put_period
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry
from manabiya.roster.queries import seats_on

ROOM = "1年1組"


@pytest.fixture
def room(scope):
    """Return id and seats of a class without reports of today."""
    homeroom_id = scope.homeroom_id(ROOM)
    seats = seats_on(homeroom_id, scope.today)
    AbsenceReport.objects.filter(student_id__in=[s.student_id for s in seats]).delete()
    return homeroom_id, [seat.student_id for seat in seats]


def confirm(city, homeroom_id, entries=(), *, role="vice_principal", at=(8, 31), day=None):
    return services.confirm_day(
        actor=city.actor(role, "midorigaoka"),
        homeroom_id=homeroom_id,
        day=day or city.today,
        entries=list(entries),
        now=city.now(*at),
    )


def marks(city, homeroom_id):
    rows = AttendanceMark.objects.filter(homeroom_id=homeroom_id, date=city.today)
    return {row.student_id: row for row in rows}


def test_confirming_writes_rows_for_exceptions_only(city, room, heard):
    homeroom_id, ids = room
    done = confirm(
        city,
        homeroom_id,
        [
            rules.Entry(ids[0], "present", "absent"),
            rules.Entry(ids[1], "present", "late"),
            rules.Entry(ids[2], "present", "present"),
        ],
    )
    found = marks(city, homeroom_id)
    assert set(found) == {ids[0], ids[1]}
    assert (found[ids[0]].status, found[ids[0]].source) == ("absent_other", "teacher")
    assert (found[ids[1]].status, found[ids[1]].late) == ("present", True)
    day = ClassDay.objects.get(homeroom_id=homeroom_id, date=city.today)
    assert day.confirmed_at == city.now(8, 31)
    assert done.is_first
    assert done.counts == rules.Counts(
        enrolled=len(ids), present=len(ids) - 1, absent_other=1, late=1
    )
    entry = AuditEntry.objects.get(action="attendance.day:confirm")
    assert (entry.subject_id, entry.subject_count) == (homeroom_id, len(ids))
    assert heard[0][0] == "attendance.class_day_changed"
    assert heard[0][1]["date"] == city.today


def report_for(city, student_id, kind="absent", reason="fever"):
    from manabiya.roster.models import GuardianRight

    guardian_id = GuardianRight.objects.filter(student_id=student_id)[0].guardian_id
    return AbsenceReport.objects.create(
        student_id=student_id,
        date=city.today,
        kind=kind,
        reason=reason,
        guardian_id=guardian_id,
        submitted_at=city.now(7, 44),
        idempotency_key=f"{student_id}{kind}",
        receipt_number=f"R{student_id.hex[-12:]}",
    )


def test_report_is_applied_at_confirmation(city, room):
    homeroom_id, ids = room
    report = report_for(city, ids[3])
    confirm(city, homeroom_id, [rules.Entry(ids[3], "absent_sick", "absent_sick")])
    mark = marks(city, homeroom_id)[ids[3]]
    assert (mark.status, mark.reason, mark.source) == ("absent_sick", "fever", "guardian")
    assert mark.report_id == report.id
    report.refresh_from_db()
    assert report.status == "applied"


def test_report_that_came_while_the_form_was_open_is_applied_too(city, room):
    homeroom_id, ids = room
    report = report_for(city, ids[3])
    confirm(city, homeroom_id, [rules.Entry(ids[3], "present", "present")])
    assert marks(city, homeroom_id)[ids[3]].status == "absent_sick"
    report.refresh_from_db()
    assert report.status == "applied"


def test_teacher_who_sees_the_child_here_rejects_the_report(city, room):
    homeroom_id, ids = room
    report = report_for(city, ids[3])
    confirm(city, homeroom_id, [rules.Entry(ids[3], "absent_sick", "present")])
    assert marks(city, homeroom_id) == {}
    report.refresh_from_db()
    assert report.status == "rejected"


def test_edit_after_confirmation_keeps_history(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [rules.Entry(ids[0], "present", "not_arrived")])
    done = confirm(city, homeroom_id, [rules.Entry(ids[0], "not_arrived", "late")], at=(9, 10))
    assert (done.is_first, done.changed) == (False, 1)
    mark = marks(city, homeroom_id)[ids[0]]
    assert (mark.status, mark.late, f"{mark.arrived_time:%H:%M}") == ("present", True, "09:10")
    change = MarkChange.objects.get(student_id=ids[0])
    assert (change.old, change.new) == ({"code": "not_arrived"}, {"code": "late"})
    assert change.changed_at == city.now(9, 10)
    assert AuditEntry.objects.get(action="attendance.mark:edit").subject_count == 1
    confirmed = ClassDay.objects.get(homeroom_id=homeroom_id, date=city.today)
    assert confirmed.confirmed_at == city.now(8, 31)


def test_edit_back_to_present_removes_the_row_and_keeps_history(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [rules.Entry(ids[0], "present", "absent")])
    confirm(city, homeroom_id, [rules.Entry(ids[0], "absent_other", "present")], at=(9, 0))
    assert marks(city, homeroom_id) == {}
    change = MarkChange.objects.get(student_id=ids[0])
    assert (change.old["code"], change.new["code"]) == ("absent_other", "present")


def test_two_teachers_with_different_children_merge(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [rules.Entry(ids[0], "present", "absent")])
    confirm(city, homeroom_id, [rules.Entry(ids[1], "present", "late")], role="school_nurse")
    found = marks(city, homeroom_id)
    assert {found[ids[0]].status, found[ids[1]].status} == {"absent_other", "present"}


def test_two_teachers_with_the_same_child_clash_and_nothing_is_written(city, room):
    homeroom_id, ids = room
    confirm(city, homeroom_id, [rules.Entry(ids[0], "present", "absent")])
    before = MarkChange.objects.count()
    with pytest.raises(services.DayClash) as refusal:
        confirm(
            city,
            homeroom_id,
            [rules.Entry(ids[0], "present", "late"), rules.Entry(ids[1], "present", "late")],
            role="school_nurse",
            at=(8, 33),
        )
    clash = refusal.value.clashes[0]
    assert (clash.student_id, clash.mine, clash.standing.code) == (ids[0], "late", "absent_other")
    assert clash.standing.at == city.now(8, 31)
    assert clash.standing.by
    assert set(marks(city, homeroom_id)) == {ids[0]}
    assert MarkChange.objects.count() == before


def test_confirming_twice_changes_nothing(city, room):
    homeroom_id, ids = room
    entries = [rules.Entry(ids[0], "present", "absent")]
    confirm(city, homeroom_id, entries)
    done = confirm(city, homeroom_id, entries)
    assert (done.is_first, done.changed) == (False, 0)
    assert len(marks(city, homeroom_id)) == 1
    assert ClassDay.objects.filter(homeroom_id=homeroom_id, date=city.today).count() == 1


@pytest.mark.parametrize("days", [1, 3, 4])
def test_day_off_and_day_ahead_are_refused(city, room, days):
    homeroom_id, _ = room
    with pytest.raises(services.AttendanceRefused):
        confirm(city, homeroom_id, day=city.today + timedelta(days=days))
    assert not ClassDay.objects.filter(homeroom_id=homeroom_id, date__gt=city.today).exists()


def test_past_sunday_is_refused(city, room):
    with pytest.raises(services.AttendanceRefused):
        confirm(city, room[0], day=city.today - timedelta(days=5))


def test_changed_child_of_another_class_is_refused(city, room):
    homeroom_id, _ = room
    other = seats_on(city.homeroom_id("2年1組"), city.today)[0].student_id
    with pytest.raises(services.AttendanceRefused):
        confirm(city, homeroom_id, [rules.Entry(other, "present", "absent")])
    assert not AttendanceMark.objects.filter(student_id=other, date=city.today).exists()
    assert not ClassDay.objects.filter(homeroom_id=homeroom_id, date=city.today).exists()


@pytest.mark.parametrize(
    "role", ["academic_affairs_head", "subject_teacher", "office_staff", "ict_supporter"]
)
def test_who_may_not_confirm_changes_nothing(city, room, role):
    with pytest.raises(Refused):
        confirm(city, room[0], role=role)
    assert not ClassDay.objects.filter(homeroom_id=room[0], date=city.today).exists()


def test_teacher_cannot_confirm_the_class_of_another(city, room):
    with pytest.raises(Http404):
        confirm(city, city.homeroom_id("6年2組"), role="homeroom_teacher")


def test_vice_principal_cannot_confirm_a_class_of_another_school(city, room):
    with pytest.raises(Http404):
        confirm(city, city.homeroom_id("1年1組", "higashikawabata"))


def test_confirming_takes_ten_queries(city, room):
    homeroom_id, ids = room
    actor = city.actor("homeroom_teacher", "midorigaoka")
    report_for(city, ids[3])
    report_for(city, ids[4], "late", "clinic")
    entries = [
        rules.Entry(student_id, "present", "absent" if n == 9 else "present")
        for n, student_id in enumerate(ids)
    ]
    with CaptureQueriesContext(connection) as captured:
        services.confirm_day(
            actor=actor, homeroom_id=homeroom_id, day=city.today, entries=entries, now=city.now(8)
        )
    control = ("SAVEPOINT", "RELEASE")
    queries = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(control)]
    assert len(queries) <= 10, [sql[:90] for sql in queries]


def test_recount_equals_the_rules(city, room):
    from collections import Counter

    from manabiya.apps.attendance.jobs import recount
    from manabiya.apps.attendance.models import SchoolDayCount
    from manabiya.roster.models import Homeroom

    homeroom_id, ids = room
    put_period(city, ids[2])
    put_period(city, ids[3], "bereavement")
    confirm(
        city,
        homeroom_id,
        [
            rules.Entry(ids[0], "present", "absent"),
            rules.Entry(ids[1], "present", "late_left_early"),
            rules.Entry(ids[4], "present", "not_arrived"),
        ],
    )
    school_id = Homeroom.objects.get(pk=homeroom_id).school_id
    for _ in range(2):
        recount({"school": str(school_id), "date": city.today.isoformat()})
    rows = SchoolDayCount.objects.filter(school_id=school_id, date=city.today)
    assert Counter(dict(rows.values_list("kind", "count"))) == Counter(
        confirmed_classes=1,
        present=len(ids) - 4,
        absent_sick=0,
        absent_other=1,
        suspended=1,
        bereaved=1,
        not_arrived=1,
        late=1,
        left_early=1,
        suspended_by=1,
        newly_ill=1,
    )
