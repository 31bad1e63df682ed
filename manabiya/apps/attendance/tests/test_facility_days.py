"""出席扱い counts the days a child learned at its facility, and no other absence."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from manabiya.apps.attendance import services
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.apps.attendance.models import ExcusedPeriodChange, FacilityDay, MarkChange
from manabiya.apps.attendance.queries import excused_page
from manabiya.apps.attendance.queries.decisions import excused_code_on
from manabiya.apps.attendance.queries.standing import read_standing
from manabiya.apps.attendance.tests.deciding import (
    MONDAY,
    actor,
    codes,
    decide,
    mark,
    move,
    propose,
    sums,
)
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.models import AuditEntry

NOVEMBER = date(2026, 11, 1)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
WORD = PeriodWord("deemed_present", Days(MONDAY), facility="教育支援センター")


@pytest.fixture
def period(scope, room):
    """Return a decided 出席扱い from Monday on of a child absent on Monday, Tuesday, Wednesday."""
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        mark(scope, room, room[1][0], day, "absent_other")
    return decide(scope, propose(scope, room[1][0], WORD))


def note(scope, period, *visited, role="homeroom_teacher", month=NOVEMBER, version=None):
    period.refresh_from_db()
    return services.note_facility_days(
        actor=actor(scope, role), period_id=period.id, month=month, visited=visited,
        version=version or period.version, now=scope.now(16, 0),
    )  # fmt: skip


def test_decision_alone_makes_no_absence_a_day_of_attendance(scope, room, period):
    found = sums(scope, room, period.student_id)
    assert (found.deemed_days, found.absent_days) == (0, 3)
    assert set(codes(period.student_id).values()) == {"absent_other"}


def test_visited_days_count_inside_the_days_attended_and_the_others_stay_absences(
    scope, room, period
):
    before = sums(scope, room, period.student_id)
    note(scope, period, MONDAY, WEDNESDAY)
    after = sums(scope, room, period.student_id)
    assert codes(period.student_id) == {
        9: "deemed_present", 10: "absent_other", 11: "deemed_present"
    }  # fmt: skip
    assert (after.deemed_days, after.absent_days) == (2, 1)
    assert after.attended_days == before.attended_days + 2
    assert MarkChange.objects.filter(student_id=period.student_id).count() == 2


def test_a_day_noted_by_mistake_gets_back_what_stood(scope, room, period):
    note(scope, period, MONDAY, TUESDAY)
    note(scope, period, MONDAY)
    assert codes(period.student_id)[10] == "absent_other"
    rows = FacilityDay.objects.filter(period=period, date=TUESDAY).order_by("noted_at", "id")
    assert [row.is_visited for row in rows] == [True, False]
    words = ExcusedPeriodChange.objects.filter(period=period, deed="visited")
    assert [row.reason for row in words.order_by("changed_at", "id")] == [
        "11/9, 11/10 通った", "11/10 通っていない"
    ]  # fmt: skip


def test_moving_and_revoking_take_visited_days_back(scope, room, period):
    period = note(scope, period, MONDAY, WEDNESDAY)
    period = move(scope, period, Days(TUESDAY))
    assert codes(period.student_id) == {
        9: "absent_other", 10: "absent_other", 11: "deemed_present"
    }  # fmt: skip
    services.revoke_period(
        actor=actor(scope, "principal"), period_id=period.id, reason="誤り",
        version=period.version, now=scope.now(11, 0),
    )  # fmt: skip
    assert set(codes(period.student_id).values()) == {"absent_other"}


def test_a_child_that_came_stays_present_on_a_visited_day(scope, room, period):
    day = MONDAY + timedelta(days=3)
    mark(scope, room, period.student_id, day, "present", late=True)
    note(scope, period, day)
    assert codes(period.student_id)[day.day] == "late"


def test_open_class_finds_a_visited_day_and_proposes_an_absence_on_the_others(scope, room):
    homeroom_id, children = room
    decide(scope, propose(scope, children[0], PeriodWord(
        "deemed_present", Days(scope.today), facility="教育支援センター"
    )))  # fmt: skip
    assert excused_code_on(children[0], scope.today) == ""
    found = read_standing(homeroom_id, scope.today, children)
    assert (found.of(children[0]).code, found.of(children[0]).excused) == ("absent_sick", "")
    period = found.periods[children[0]]
    services.note_facility_days(
        actor=actor(scope, "homeroom_teacher"), period_id=period.id, month=NOVEMBER,
        visited=[scope.today], version=2, now=scope.now(8, 20),
    )  # fmt: skip
    assert excused_code_on(children[0], scope.today) == "deemed_present"
    found = read_standing(homeroom_id, scope.today, children)
    assert found.of(children[0]).code == "deemed_present"


@pytest.mark.parametrize(
    "day", [MONDAY - timedelta(days=3), date(2026, 11, 14), date(2026, 11, 30), date(2026, 10, 30)]
)
def test_only_school_days_of_the_period_up_to_today_are_taken(scope, period, day):
    with pytest.raises(services.AttendanceRefused, match="授業日ではない日"):
        note(scope, period, day)
    assert not FacilityDay.objects.filter(period=period).exists()


def test_nothing_to_change_and_somebody_faster_are_said(scope, period):
    with pytest.raises(services.AttendanceRefused, match="変わるところはありません"):
        note(scope, period)
    with pytest.raises(services.AttendanceRefused, match="先に変えました"):
        note(scope, period, MONDAY, version=1)


def test_waiting_proposal_and_another_kind_take_no_days(scope, room):
    waiting = propose(scope, room[1][1], WORD)
    with pytest.raises(services.AttendanceRefused, match="決まってから"):
        note(scope, waiting, MONDAY)
    ill = decide(scope, propose(scope, room[1][2]))
    with pytest.raises(services.AttendanceRefused, match="決まってから"):
        note(scope, ill, MONDAY)


@pytest.mark.parametrize("role", ["office_staff", "subject_teacher", "ict_supporter"])
def test_who_does_not_look_after_the_child_notes_nothing(scope, period, role):
    with pytest.raises((Refused, Http404)):
        note(scope, period, MONDAY, role=role)


def test_another_class_and_another_school_note_nothing(scope, period):
    elsewhere = scope.actor("homeroom_teacher", "higashikawabata")
    with pytest.raises((Refused, Http404)):
        services.note_facility_days(
            actor=elsewhere, period_id=period.id, month=NOVEMBER, visited=[MONDAY], version=2,
            now=scope.now(16, 0),
        )  # fmt: skip


def test_one_audit_entry_without_the_facility(scope, period):
    note(scope, period, MONDAY)
    entry = AuditEntry.objects.get(action="attendance.excused-period:note-facility-days")
    assert (entry.subject_id, entry.details["changed_days"]) == (period.student_id, 1)
    assert "教育" not in str(entry.details)


def test_page_shows_a_month_with_what_stands_and_what_was_noted(scope, room, period):
    note(scope, period, TUESDAY)
    page = excused_page(actor(scope, "principal"), period_id=period.id, today=scope.today)
    found = {day.day: (code, is_visited) for day, code, is_visited in page.facility.days}
    assert found[9] == ("absent_other", False)
    assert found[10] == ("deemed_present", True)
    assert min(found) == 9
    assert (page.facility.visited, page.facility.before) == (1, None)
