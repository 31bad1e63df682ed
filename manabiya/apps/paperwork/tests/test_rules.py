"""What follows from the dates of a line, and the way to zero."""

from datetime import date

import pytest

from manabiya.apps.paperwork.rules import Dates, State, plain, state_of, way_to_zero, yearly

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("decision", "due_on", "done_on", "state"),
    [
        ("", None, None, State.UNDECIDED),
        ("keep", None, None, State.KEPT),
        ("digital", date(2026, 11, 20), None, State.PLANNED),
        ("digital", date(2026, 11, 19), None, State.OVERDUE),
        ("abolish", date(2026, 1, 1), date(2026, 11, 1), State.DONE),
    ],
)
def test_state_of_a_line(decision, due_on, done_on, state):
    assert state_of(decision, due_on, done_on, TODAY) is state


@pytest.mark.parametrize(
    ("count", "per", "times"), [(40, "month", 480), (40, "year", 40), (None, "month", None)]
)
def test_how_often_a_year(count, per, times):
    assert yearly(count, per) == times


def test_names_are_compared_in_one_width_without_spaces():
    assert plain("FAX 送信 票") == plain("FAX送信票")


def test_way_to_zero_by_due_days_and_by_what_ended():
    lines = [
        Dates("digital", date(2026, 3, 31), date(2026, 2, 1)),
        Dates("digital", date(2026, 3, 31), None),
        Dates("abolish", date(2027, 3, 31), date(2026, 11, 20)),
        Dates("abolish", date(2028, 3, 31), None),
        Dates("keep", None, None),
        Dates("", None, None),
    ]
    found = [(y.school_year, y.planned, y.real, y.is_over) for y in way_to_zero(lines, TODAY)]
    assert found == [
        (2025, 4, 5, True),
        (2026, 3, 4, False),
        (2027, 2, None, False),
    ]


def test_nothing_listed_is_this_year_with_zero():
    assert [(y.school_year, y.planned, y.real) for y in way_to_zero([], TODAY)] == [(2026, 0, 0)]
