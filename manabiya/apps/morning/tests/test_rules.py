"""How urgent a 未着 is, and where its minutes run from."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.attendance.rules import CODES
from manabiya.apps.morning import rules
from manabiya.apps.morning.rules import Watch
from manabiya.apps.morning.times import later
from manabiya.kernel.clock import SCHOOL_ZONE

DAY = date(2026, 11, 20)
DUE = time(8, 40)


def at(hour, minute):
    return datetime.combine(DAY, time(hour, minute), SCHOOL_ZONE)


def watched(now, *, since=None, minutes=20, is_told=False, manager_has_it=False):
    return rules.watch(
        now=now,
        counts_from=rules.counts_from(day=DAY, due=DUE, since=since or at(8, 31)),
        escalate_after=timedelta(minutes=minutes),
        is_told=is_told,
        manager_has_it=manager_has_it,
    )


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(8, 39), Watch.EARLY),
        (at(8, 40), Watch.CALL),
        (at(8, 59), Watch.CALL),
        (at(9, 0), Watch.ESCALATED),
        (at(12, 0), Watch.ESCALATED),
    ],
)
def test_calls_begin_at_the_time_set_and_go_to_managers_twenty_minutes_later(now, expected):
    assert watched(now) is expected


def test_minutes_of_a_class_confirmed_late_run_from_its_confirmation():
    assert watched(at(9, 5), since=at(8, 55)) is Watch.CALL
    assert watched(at(9, 15), since=at(8, 55)) is Watch.ESCALATED


def test_what_is_told_is_escalated_at_once_and_what_a_manager_has_is_not_by_time():
    assert watched(at(8, 35), is_told=True) is Watch.ESCALATED
    assert watched(at(10, 0), manager_has_it=True) is Watch.CALL
    assert watched(at(10, 0), is_told=True, manager_has_it=True) is Watch.ESCALATED


@given(st.integers(1, 180), st.integers(0, 400), st.integers(0, 400))
def test_urgency_never_falls_while_time_passes(minutes, first, second):
    order = [Watch.EARLY, Watch.CALL, Watch.ESCALATED]
    early, late = sorted((first, second))
    start = at(8, 0)
    one = watched(start + timedelta(minutes=early), minutes=minutes)
    two = watched(start + timedelta(minutes=late), minutes=minutes)
    assert order.index(one) <= order.index(two)


def test_every_ending_writes_a_value_of_the_register_and_never_leaves_the_child_missing():
    codes = {ending.code for ending in rules.ENDINGS.values()}
    assert codes == {"present", "late", "absent_sick", "absent_other"}
    assert codes <= CODES.keys()
    assert {ending.end for ending in rules.ENDINGS.values()} == {
        "late",
        "in_time",
        "absent",
        "found",
    }
    assert [key for key, ending in rules.ENDINGS.items() if not ending.needs_how] == [
        "late",
        "in_time",
    ]


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [(DUE, 0, DUE), (DUE, 2, time(10, 40)), (time(23, 0), 2, time(23, 59))],
)
def test_a_delay_moves_the_time_within_the_day(moment, hours, expected):
    assert later(moment, timedelta(hours=hours)) == expected


def test_those_who_handle_cases_are_those_who_may_settle_the_mark():
    from manabiya.apps.attendance.policies import ARRIVAL_SETTLE
    from manabiya.apps.morning.policies import CASE_HANDLE

    assert CASE_HANDLE.holders == ARRIVAL_SETTLE.holders
