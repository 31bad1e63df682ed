"""The staff room on a snow morning: every hour follows the later start, for whom it was decided."""

from datetime import time, timedelta

import pytest

from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.morning import queries, services
from manabiya.apps.morning.models import ArrivalCase
from manabiya.apps.morning.rules import Watch
from manabiya.apps.morning.services import MorningRefused
from manabiya.apps.morning.tests.conftest import ROOM, SCHOOL
from manabiya.apps.morning.times import morning_of
from manabiya.roster.calendar.rules import CLOSED, DELAYED, Change
from manabiya.roster.calendar.services import set_day_change, withdraw_day_change
from manabiya.roster.models import School
from manabiya.roster.queries import seats_on


@pytest.fixture
def decide(scope):
    """Return a function that decides something about today's morning."""

    def of(kind=DELAYED, *, grade=0, room=None, minutes=120):
        change = Change(
            kind, scope.today, scope.today, grade_level=grade, cause="weather",
            homeroom_id=scope.homeroom_id(room) if room else None,
            minutes=minutes if kind == DELAYED else 0,
        )  # fmt: skip
        return set_day_change(
            actor=scope.actor("principal", SCHOOL), change=change, now=scope.now(6, 40),
            says_again=True,
        )  # fmt: skip

    return of


def room_at(scope, *moment):
    return queries.staff_room(scope.actor("vice_principal", SCHOOL), now=scope.now(*moment))


def morning(scope):
    return morning_of(School.objects.get(slug=SCHOOL).id, scope.today)


def test_every_hour_of_the_school_moves_by_the_same_time(scope, decide):
    before = morning(scope)
    row = decide()
    after = morning(scope)
    assert (before.confirm_by, before.lunch_by) == (time(8, 40), time(9, 0))
    assert (after.confirm_by, after.lunch_by) == (time(10, 40), time(11, 0))
    assert after.escalate_after == before.escalate_after
    assert after.late_from(1, scope.homeroom_id(ROOM)) == time(10, 25)
    withdraw_day_change(
        actor=scope.actor("principal", SCHOOL), change_id=row.id, now=scope.now(7, 0)
    )
    assert morning(scope) == before


def test_only_the_classes_of_a_delayed_grade_have_more_time(scope, decide):
    decide(grade=2)
    room = room_at(scope, 8, 45)
    due = {one.line.card.name: (one.is_due, one.confirm_by) for one in room.unconfirmed}
    assert due["2年1組"] == (False, time(10, 40))
    assert due["3年1組"] == (True, time(8, 40))
    assert room.morning.lunch_by == time(9, 0)
    board = queries.board_of_today(scope.actor("vice_principal", SCHOOL), now=scope.now(8, 45))
    assert [line.card.name for line in board.in_time] == ["2年1組", "2年2組"]
    assert len(board.overdue) == 11


def test_the_list_of_calls_waits_for_the_later_start(missing, scope, decide):
    [line] = room_at(scope, 8, 41).cases.open
    assert line.watch is Watch.CALL
    decide(grade=1)
    [line] = room_at(scope, 10, 39).cases.open
    assert (line.watch, line.is_due) == (Watch.EARLY, False)
    assert line.escalates_at == scope.now(11, 0)
    [line] = room_at(scope, 10, 40).cases.open
    assert line.watch is Watch.CALL
    [line] = room_at(scope, 11, 0).cases.open
    assert line.watch is Watch.ESCALATED


def test_a_child_of_another_grade_is_looked_for_as_always(missing, scope, decide):
    decide(grade=2)
    [line] = room_at(scope, 8, 41).cases.open
    assert (line.watch, line.late_from) == (Watch.CALL, None)


def end(missing, ending, *moment, how=""):
    return services.end_case(
        actor=missing.actor(), student_id=missing.student_id, ending=ending, how=how,
        now=missing.city.now(*moment),
    )  # fmt: skip


def mark_of(missing):
    return AttendanceMark.objects.filter(
        student_id=missing.student_id, date=missing.city.today
    ).first()


def test_who_comes_before_the_moved_start_is_not_late(missing, decide):
    decide()
    with pytest.raises(MorningRefused, match="始業は10:25です"):
        end(missing, "late", 10, 24)
    assert mark_of(missing).status == "not_arrived"
    end(missing, "in_time", 10, 24)
    assert mark_of(missing) is None
    assert ArrivalCase.objects.get().end == "in_time"


def test_found_outside_before_the_moved_start_is_present_and_after_it_late(missing, decide):
    decide(room=ROOM)
    end(missing, "came", 10, 25, how="駅で会った")
    assert mark_of(missing).late
    assert mark_of(missing).arrived_time == time(10, 25)


def test_found_outside_and_in_time(missing, decide):
    decide(room=ROOM)
    end(missing, "came", 10, 24, how="駅で会った")
    assert mark_of(missing) is None


def test_a_closed_class_waits_for_nobody_and_counts_as_excused(scope, decide):
    decide(CLOSED, room="2年1組")
    room = room_at(scope, 9, 0)
    assert "2年1組" not in {one.line.card.name for one in room.unconfirmed}
    assert room.classes == 12
    board = queries.board_of_today(scope.actor("vice_principal", SCHOOL), now=scope.now(9, 0))
    size = len(seats_on(scope.homeroom_id("2年1組"), scope.today))
    assert board.total.suspended == size
    assert [line.card.name for line in board.closed] == ["2年1組"]
    sheet = queries.lunch_sheet(scope.actor("vice_principal", SCHOOL), now=scope.now(9, 0))
    assert "2年1組" not in {line.name for line in sheet.lines}


def test_a_closed_school_has_no_board_and_no_list(scope, decide):
    decide(CLOSED)
    viewer = scope.actor("vice_principal", SCHOOL)
    assert queries.board_of_today(viewer, now=scope.now(9, 0)) is None
    room = room_at(scope, 9, 0)
    assert (room.is_school_day, room.unconfirmed) == (False, ())


def test_a_child_missing_when_its_class_is_closed_is_still_looked_for(missing, scope, decide):
    decide(CLOSED, grade=1)
    [line] = room_at(scope, 9, 5).cases.open
    assert line.seat.student_id == missing.student_id
    assert line.watch is Watch.ESCALATED


def test_pages_say_the_moved_hours(missing, city, decide, monkeypatch):
    decide()
    monkeypatch.setattr("manabiya.kernel.clock.school_now", lambda _: city.now(9, 0))
    client = city.client("vice_principal", SCHOOL)
    base = f"/m/shirakabano/school/{SCHOOL}/attendance/"
    page = client.get(f"{base}staff-room/").content.decode()
    assert "確定の目安 10:40" in page
    assert "目安を過ぎました" not in page
    case = client.get(f"{base}staff-room/{missing.student_id}/").content.decode()
    assert "きょうは10:25はじまりです。その前に来た人は遅刻ではありません。" in case
    lunch = client.get(f"{base}lunch/").content.decode()
    assert "11:00 に出します" in lunch
    room = missing.homeroom_id
    class_page = client.get(f"{base}class/{room}/{city.today}/").content.decode()
    assert "きょうは10:25はじまりです。それより後に来た人が遅刻です。" in class_page


def test_backup_of_the_morning_is_made_for_the_next_day_with_school(scope, decide):
    from manabiya.apps.morning.backups import backup_facts

    school = School.objects.get(slug=SCHOOL)
    assert backup_facts(school.id, scope.today).day == scope.today
    decide(CLOSED)
    assert backup_facts(school.id, scope.today).day == scope.today + timedelta(days=4)
