"""What holds, comes and was on a day, from rows that hold from their day until the next one's."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.kernel.registry import decided

TODAY = date(2026, 11, 20)


@dataclass
class Row:
    valid_from: Any
    value: int
    pk: Any = None
    set_by: Any = None
    set_at: Any = None


def words(row):
    return [("値", str(row.value)), ("いつも", "同じ")]


def of(*days_and_values, day=TODAY):
    rows = [Row(TODAY + timedelta(days=n), value) for n, value in days_and_values]
    return decided(rows, Row(None, 1), words=words, day=day)


def test_without_rows_the_default_holds_and_nothing_comes_or_was():
    found = of()
    assert (found.now.begins, found.now.values[0].word) == (None, "1")
    assert (found.coming, found.past) == ((), ())


@pytest.mark.parametrize(
    ("day", "holds", "coming", "past"),
    [(-1, "1", 2, 0), (0, "2", 1, 1), (6, "2", 1, 1), (7, "3", 0, 2)],
)
def test_a_row_holds_from_its_day_until_the_next_ones(day, holds, coming, past):
    found = of((7, 3), (0, 2), day=TODAY + timedelta(days=day))
    assert found.now.values[0].word == holds
    assert (len(found.coming), len(found.past)) == (coming, past)


def test_only_what_differs_from_before_is_called_new():
    found = of((0, 2), (5, 2), (9, 4))
    assert [value.label for value in found.now.changed] == ["値"]
    assert [[value.word for value in line.changed] for line in found.coming] == [[], ["4"]]


@given(st.lists(st.integers(-40, 40), unique=True, max_size=8))
def test_every_row_stands_once_and_the_newest_begun_holds(days):
    found = of(*((n, n + 100) for n in days))
    begins = [line.begins for line in (*reversed(found.past), found.now, *found.coming)]
    assert begins == [None, *sorted(TODAY + timedelta(days=n) for n in days)]
    begun = [n for n in days if n <= 0]
    assert found.now.values[0].word == (str(max(begun) + 100) if begun else "1")
