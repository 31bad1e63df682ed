"""What a change is about, and which two can't hold together."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.roster.calendar import rules
from manabiya.roster.calendar.rules import CLOSED, DELAYED, EARLY, Change, contradicts

DAY = date(2026, 11, 20)
ONE, TWO, MIXED = UUID(int=1), UUID(int=2), UUID(int=3)
GRADES = {ONE: {1}, TWO: {2}, MIXED: {1, 2}}


def change(kind, *, grade=0, room=None, minutes=0, first=DAY, last=DAY):
    minutes = minutes or (60 if kind == DELAYED else 0)
    at = time(13, 30) if kind == EARLY else None
    return Change(kind, first, last, grade, room, minutes, at)


@pytest.mark.parametrize(
    ("new", "standing", "expected"),
    [
        (change(DELAYED), change(DELAYED, minutes=120), True),
        (change(DELAYED, grade=1), change(DELAYED, room=ONE), True),
        (change(DELAYED, grade=1), change(DELAYED, room=MIXED), True),
        (change(DELAYED, grade=2), change(DELAYED, room=ONE), False),
        (change(DELAYED, room=TWO), change(DELAYED, room=ONE), False),
        (change(DELAYED), change(EARLY), False),
        (change(EARLY, grade=1), change(EARLY), True),
        (change(DELAYED, room=ONE), change(CLOSED, grade=1), True),
        (change(DELAYED, room=MIXED), change(CLOSED, grade=1), False),
        (change(DELAYED), change(CLOSED, room=ONE), False),
        (change(CLOSED), change(DELAYED), True),
        (change(CLOSED, room=ONE), change(DELAYED), False),
        (change(CLOSED), change(CLOSED, room=ONE), False),
        (change(CLOSED, room=ONE), change(CLOSED), True),
        (change(CLOSED), change(CLOSED), True),
    ],
)
def test_what_contradicts(new, standing, expected):
    assert contradicts(new, standing, GRADES) is expected
    elsewhere = change(standing.kind, first=DAY + timedelta(days=1), last=DAY + timedelta(days=2))
    assert not contradicts(new, elsewhere, GRADES), "on other days nothing contradicts"


def test_who_is_concerned():
    assert change(CLOSED).concerns(3, TWO)
    assert change(CLOSED, grade=2).concerns(2, MIXED)
    assert not change(CLOSED, grade=2).concerns(1, MIXED)
    assert change(CLOSED, room=MIXED).concerns(1, MIXED)
    assert not change(CLOSED, room=MIXED).concerns(1, ONE)


@given(st.times(), st.integers(0, 360))
def test_a_later_hour_is_later_and_stays_in_the_day(moment, minutes):
    moved = rules.later(moment, timedelta(minutes=minutes))
    assert moved >= min(moment, rules.LAST_MINUTE)
    if moved != rules.LAST_MINUTE:
        assert (moved.hour - moment.hour) * 60 + moved.minute - moment.minute == minutes


def test_the_longest_delay_of_a_day_holds():
    changes = [change(DELAYED), change(DELAYED, minutes=120), change(CLOSED)]
    assert rules.delay_of(changes, DAY) == timedelta(hours=2)
    assert rules.delay_of(changes, DAY + timedelta(days=1)) == timedelta()
