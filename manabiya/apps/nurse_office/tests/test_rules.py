"""Who is newly ill, when a closure is worth a thought, what the lines of the trend count."""

from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.nurse_office.chart import BOTTOM, LABEL_GAP, TOP, line_chart
from manabiya.apps.nurse_office.rules import (
    HERE,
    SICK,
    SUSPENDED,
    Ill,
    Share,
    diseases,
    newly_ill,
    trend,
)

YESTERDAY, TODAY = date(2026, 11, 19), date(2026, 11, 20)
ROOM = UUID(int=9)


def ill(child, day, kind=SICK, **more):
    return Ill(UUID(int=child), ROOM, day, kind, **more)


def test_newly_ill_is_who_was_well_on_the_school_day_before():
    rows = [
        ill(1, YESTERDAY),
        ill(1, TODAY),
        ill(2, TODAY),
        ill(3, YESTERDAY, HERE),
        ill(3, TODAY),
        ill(4, TODAY, HERE),
        ill(5, YESTERDAY),
    ]
    found = newly_ill(rows, today=TODAY, yesterday=YESTERDAY)
    assert [row.student_id.int for row in found] == [2, 4]


def test_child_with_a_symptom_who_went_home_ill_is_new_once_and_away():
    rows = [ill(1, TODAY, HERE), ill(1, TODAY, SICK)]
    found = newly_ill(rows, today=TODAY, yesterday=YESTERDAY)
    assert [(row.student_id.int, row.kind) for row in found] == [(1, SICK)]


def test_on_the_first_day_of_a_school_everybody_ill_is_new():
    assert len(newly_ill([ill(1, TODAY)], today=TODAY, yesterday=None)) == 1


@pytest.mark.parametrize(
    ("ill_count", "enrolled", "threshold", "reached", "percent", "missing"),
    [
        (5, 26, 20, False, "19.2", 1),
        (5, 26, 15, True, "19.2", 0),
        (6, 30, 20, True, "20.0", 0),
        (5, 30, 20, False, "16.7", 1),
        (0, 5, 20, False, "0.0", 1),
        (1, 5, 20, True, "20.0", 0),
        (1, 6, 20, False, "16.7", 1),
        (0, 0, 20, False, "―", 0),
    ],
)
def test_share_of_a_class(ill_count, enrolled, threshold, reached, percent, missing):
    share = Share(ill_count, enrolled, threshold)
    assert (share.is_reached, share.percent, share.missing) == (reached, percent, missing)


@given(st.integers(0, 45), st.integers(1, 45), st.integers(1, 100))
def test_missing_children_are_exactly_those_that_reach_the_threshold(ill_count, enrolled, percent):
    share = Share(ill_count, enrolled, percent)
    if share.missing:
        assert Share(ill_count + share.missing, enrolled, percent).is_reached
        assert not Share(ill_count + share.missing - 1, enrolled, percent).is_reached
    else:
        assert share.is_reached


def test_lines_of_the_trend():
    rows = [
        ill(1, YESTERDAY),
        ill(2, YESTERDAY, SUSPENDED),
        ill(1, TODAY),
        ill(3, TODAY),
        ill(4, TODAY, HERE),
        ill(5, date(2026, 10, 1)),
    ]
    found = {line.kind: line.counts for line in trend(rows, [YESTERDAY, TODAY])}
    assert found == {SICK: (1, 2), SUSPENDED: (1, 0), HERE: (0, 1)}


def test_diseases_known_by_name_the_commonest_first():
    rows = [
        ill(1, YESTERDAY, disease="covid19"),
        ill(2, TODAY, SUSPENDED, disease="influenza"),
        ill(3, TODAY, disease="influenza"),
        ill(4, TODAY),
    ]
    found = diseases(rows, [YESTERDAY, TODAY])
    assert list(found.items()) == [("influenza", (0, 2)), ("covid19", (1, 0))]


def test_chart_draws_zero_at_the_bottom_and_the_highest_inside():
    found = line_chart(["19", "20"], [("病気の欠席", [0, 12]), ("出席停止", [1, 3])])
    assert [guide.number for guide in found.guides] == [0, 4, 8, 12]
    assert found.lines[0].points == f"28.0,{BOTTOM} 590.0,{TOP}"
    assert [tick.text for tick in found.ticks] == ["19", "20"]
    assert [line.last for line in found.lines] == [12, 3]


def test_chart_without_a_day_or_with_one_is_drawn_too():
    assert line_chart([], [("病気の欠席", [])]).lines[0].points == ""
    assert line_chart(["20"], [("病気の欠席", [2])]).lines[0].last == 2


@given(st.lists(st.integers(0, 400), min_size=3, max_size=3))
def test_labels_never_cover_each_other(ends):
    lines = line_chart(["20"], [(str(n), [n]) for n in ends]).lines
    places = sorted(line.label_y for line in lines)
    assert all(b - a >= LABEL_GAP - 0.2 for a, b in pairwise(places))
