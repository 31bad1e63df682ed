"""When to warn, what a reason is, which days of a right are left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.roster.protection.rules import (
    Review,
    is_reason,
    is_review_day,
    last_day_of_right,
    review_state,
)

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (31, Review.LATER),
        (30, Review.SOON),
        (1, Review.SOON),
        (0, Review.SOON),
        (-1, Review.PASSED),
        (-4000, Review.PASSED),
    ],
)
def test_warning_begins_thirty_days_before_and_grows_when_the_day_has_passed(days, expected):
    assert review_state(TODAY + timedelta(days=days), TODAY) is expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, False), (1, True), (366, True), (367, False), (-1, False)]
)
def test_day_of_review_is_after_today_and_within_a_year(days, expected):
    assert is_review_day(TODAY + timedelta(days=days), TODAY) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("相談のため", True), ("相談", False), ("  あいう  ", False), ("", False)],
)
def test_reason_says_something(text, expected):
    assert is_reason(text) is expected


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "expected"),
    [
        (date(2026, 4, 1), None, date(2026, 11, 19)),
        (date(2026, 4, 1), date(2027, 3, 31), date(2026, 11, 19)),
        (date(2026, 4, 1), date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 11, 19), None, date(2026, 11, 19)),
        (date(2026, 11, 20), None, None),
        (date(2026, 12, 1), date(2026, 12, 2), None),
    ],
)
def test_right_ends_the_day_before(starts_on, ends_on, expected):
    assert last_day_of_right(starts_on, ends_on, TODAY) == expected


@given(starts_on=DAYS, length=st.none() | st.integers(0, 2000), protected_from=DAYS)
def test_nothing_of_a_right_is_left_from_the_protected_day_on(starts_on, length, protected_from):
    ends_on = None if length is None else starts_on + timedelta(days=length)
    last = last_day_of_right(starts_on, ends_on, protected_from)
    if last is None:
        assert starts_on >= protected_from
    else:
        assert starts_on <= last < protected_from
        assert ends_on is None or last <= ends_on
        assert last == protected_from - timedelta(days=1) or last == ends_on
