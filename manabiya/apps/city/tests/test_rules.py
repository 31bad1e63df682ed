"""What is made of counts: rates, weeks beside the year before, and what is kept back."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from manabiya.apps.city import rules

MONDAY = date(2026, 11, 16)


def numbers(**kinds):
    return Counter({(kind, ""): n for kind, n in kinds.items()})


def test_table_with_sums_hides_nothing_from_who_may_see_it_exactly():
    assert rules.shown([[3, 9], [6, 7]], exact=True) == [[3, 9, 12], [6, 7, 13], [9, 16, 25]]
    assert rules.shown([], exact=True) == []


def test_small_numbers_are_hidden_with_what_would_tell_them():
    assert rules.shown([[3, 9], [6, 7]], exact=False) == [
        [None, None, 12],
        [None, None, 13],
        [9, 16, 25],
    ]


@pytest.mark.parametrize(
    ("parts", "whole"), [([1, 2], 3), ([], 0), ([1, None], None), ([None], None)]
)
def test_a_sum_is_kept_back_with_its_parts(parts, whole):
    assert rules.together(parts) == whole


@pytest.mark.parametrize(("number", "seen"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_number_alone(number, seen):
    assert rules.alone(number, exact=False) == seen
    assert rules.alone(number, exact=True) == number


def test_rate_is_absent_of_those_who_had_to_come():
    found = rules.figures(
        numbers(present=570, absent_sick=20, absent_other=10, suspended=50, kept_at_home=30)
    )
    assert (found.absent, found.excused) == (30, 80)
    assert found.percent == Decimal("5.0")
    assert rules.figures(Counter()).percent is None


def test_rate_rounds_half_up():
    assert rules.figures(numbers(present=1951, absent_sick=49)).percent == Decimal("2.5")
    assert rules.figures(numbers(present=3910, absent_sick=90)).percent == Decimal("2.3")


def test_suspensions_for_a_disease_are_added():
    found = rules.figures(
        Counter({("suspended_by", "influenza"): 7, ("suspended_by", ""): 2, ("suspended", ""): 11})
    )
    assert (found.infected, found.suspended) == (9, 11)


def test_weeks_stand_beside_those_of_the_year_before():
    now = {
        MONDAY: numbers(confirmed_classes=2, present=90, absent_sick=10),
        date(2026, 11, 17): numbers(confirmed_classes=2, present=80, absent_sick=20),
        date(2026, 11, 24): numbers(confirmed_classes=2, present=100),
        date(2026, 11, 26): numbers(present=100),
    }
    before = {date(2025, 11, 18): numbers(confirmed_classes=2, present=95, absent_sick=5)}
    first, second = rules.weeks(now, before)
    assert (first.monday, first.now.days, first.now.percent) == (MONDAY, 2, Decimal("15.0"))
    assert first.before is not None
    assert first.before.percent == Decimal("5.0")
    assert (second.monday, second.now.days, second.before) == (date(2026, 11, 23), 1, None)


def test_a_number_for_one_school_day():
    found = rules.figures(numbers(present=1), days=4)
    assert found.a_day(10) == Decimal("2.5")


def test_a_day_without_a_confirmed_or_closed_class_is_not_counted():
    assert not rules.is_counted(numbers(present=0))
    assert rules.is_counted(numbers(confirmed_classes=1))
    assert rules.is_counted(numbers(school_closed=1))
    assert rules.is_counted(numbers(kept_at_home=30))


@pytest.mark.parametrize(("number", "level"), [(0, 0), (None, 1), (1, 1), (4, 1), (5, 2), (10, 3)])
def test_tiles_grow_darker(number, level):
    assert rules.level(number) == level
