"""Hidden cells can't be computed back: an independent solver looks for a second table."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manabiya.kernel.exchange.small_cells import OneColumn, hidden_cells, with_sums

COUNTS = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 8, 30])


def tables(rows, columns):
    return st.integers(*columns).flatmap(
        lambda n: st.lists(st.lists(COUNTS, min_size=n, max_size=n), min_size=1, max_size=rows)
    )


def values_of(table, place, hidden, *, rows_are_known):
    """Return two values a hidden cell may have, as one who sees the rest would work it out.

    Sums follow from the inner cells, so only those are unknown: every inner table is tried that
    lies at most 2 away from the true one, fits what is visible, and has nothing below zero.
    """
    rows, columns = len(table), len(table[0])
    unknown = [(r, c) for r, c in product(range(rows), range(columns)) if (r, c) in hidden]
    whole = with_sums(table)
    shown = [
        (r, c)
        for r, c in product(range(rows + 1), range(columns + 1))
        if (r == rows or c == columns) and (r, c) not in hidden
    ]
    found = set()
    for steps in product((-1, 0, 1), repeat=len(unknown)):
        other = [list(row) for row in table]
        for (r, c), step in zip(unknown, steps, strict=True):
            other[r][c] += step
        if any(n < 0 for row in other for n in row):
            continue
        sums = with_sums(other)
        if all(sums[r][c] == whole[r][c] for r, c in shown):
            found.add(sums[place[0]][place[1]])
    return found


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ([], set()),
        ([[]], set()),
        ([[0, 9], [7, 6]], set()),
        ([[3, 9, 50], [6, 7, 60], [0, 8, 70]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ([[3, 2, 50], [2, 3, 60], [9, 8, 70]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
    ],
)
def test_examples_of_rows_whose_sums_are_known(table, hidden):
    assert hidden_cells(table, rows_are_known=True) == hidden


def test_small_sums_are_hidden_with_what_would_tell_them():
    hidden = hidden_cells([[2, 30, 9], [0, 40, 8]], rows_are_known=True)
    assert {(0, 0), (2, 0)} <= hidden
    assert all((r, 3) not in hidden for r in range(3)), "sums everybody knows stay"
    assert hidden == {(0, 0), (2, 0), (0, 2), (2, 2)}


def test_a_lone_small_number_hides_its_sums():
    assert hidden_cells([[3]]) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_school_of_three_hides_a_zero_too():
    hidden = hidden_cells([[3, 0], [50, 9]], rows_are_known=True)
    assert (0, 0) in hidden
    assert (0, 1) in hidden


def test_one_column_of_known_rows_is_refused():
    with pytest.raises(OneColumn):
        hidden_cells([[3], [4]], rows_are_known=True)


@settings(max_examples=150, deadline=None)
@given(table=tables(3, (2, 3)), rows_are_known=st.booleans())
def test_every_hidden_cell_could_have_another_value(table, rows_are_known):
    hidden = hidden_cells(table, rows_are_known=rows_are_known)
    for place in hidden:
        found = values_of(table, place, hidden, rows_are_known=rows_are_known)
        assert len(found) >= 2, (place, sorted(hidden))


@given(table=tables(12, (2, 6)), rows_are_known=st.booleans())
def test_every_small_cell_is_hidden_and_zeros_stay_where_others_serve(table, rows_are_known):
    hidden = hidden_cells(table, rows_are_known=rows_are_known)
    whole = with_sums(table)
    for r, row in enumerate(whole):
        for c, value in enumerate(row):
            if value in range(1, 5) and not (rows_are_known and c == len(row) - 1):
                assert (r, c) in hidden
    if not any(1 <= n <= 4 for row in whole for n in row[: len(row) - rows_are_known]):
        assert hidden == frozenset()


@given(rows=st.lists(st.lists(st.integers(5, 60), min_size=3, max_size=3), min_size=2, max_size=9))
def test_zeros_and_sums_stay_visible_beside_large_numbers(rows):
    table = [[2, *rows[0]], [7, *rows[1]], *([0, *row] for row in rows[2:])]
    hidden = hidden_cells(table, rows_are_known=True)
    assert all(table[r][c] for r, c in hidden)
    assert len(hidden) == 4
    assert all(r < len(table) for r, _c in hidden)


def test_a_city_of_77_schools_hides_less_than_half():
    """The usual school: a few absent, one or two suspended, nobody missing."""
    table = [[280 + n, 6 + n % 5, n % 4, 0, 0] for n in range(77)]
    hidden = hidden_cells(table, rows_are_known=True)
    inner = [(r, c) for r, c in hidden if r < 77]
    assert all((77, c) not in hidden for c in range(5))
    assert len(inner) < 77 * 5 / 2
    assert all(table[r][c] for r, c in inner)
