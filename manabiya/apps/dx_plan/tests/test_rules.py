"""Arithmetic of goals by hand, both ways: up, and down for what is to end."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.dx_plan.rules import (
    NotAPercentage,
    even_steps,
    progress,
    read_percent,
    wrong_goals,
)


def d(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("45", "45.0"),
        ("45.5%", "45.5"),
        ("\uff14\uff15\uff0e\uff15\uff05", "45.5"),
        (" 0 ", "0.0"),
        ("100.0", "100.0"),
    ],
)
def test_a_percentage_as_people_write_it(text, percent):
    assert str(read_percent(text)) == percent


def test_nothing_is_no_goal():
    assert read_percent("  ") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("33.33", "33.33%は、小数第1位までにしてください。"),
        ("100.1", "100.1%は、0から100の間ではありません。"),
        ("-1", "-1%は、0から100の間ではありません。"),
        ("半分", "「半分」は数ではありません。45.0 のように書いてください。"),
        ("NaN", "「NaN」は数ではありません。45.0 のように書いてください。"),
    ],
)
def test_what_is_no_percentage_is_said(text, why):
    with pytest.raises(NotAPercentage) as refused:
        read_percent(text)
    assert str(refused.value) == why


def test_goals_that_go_up_from_the_baseline():
    fine = {2025: d("35.1"), 2026: d("60.0"), 2028: d("100.0")}
    assert wrong_goals(d("35.1"), fine, falls=False) == []
    [wrong] = wrong_goals(d("35.1"), {2025: d("35.0")}, falls=False)
    assert (wrong.school_year, wrong.why) == (2025, "35.0%は、基準の35.1%より低くなっています。")
    [wrong] = wrong_goals(d("35.1"), {2026: d("50.0"), 2025: d("60.0")}, falls=False)
    assert (wrong.school_year, wrong.why) == (
        2026,
        "50.0%は、前の年度の目標の60.0%より低くなっています。",
    )


def test_goals_of_what_is_to_end_go_down():
    assert wrong_goals(d("98.7"), {2025: d("50.0"), 2026: d("0.0")}, falls=True) == []
    [wrong] = wrong_goals(d("98.7"), {2025: d("99.0")}, falls=True)
    assert wrong.why == "99.0%は、基準の98.7%より高くなっています。"


def test_even_steps_by_hand():
    years = [2025, 2026, 2027, 2028]
    up = even_steps(d("35.1"), d("100"), years)
    # 64.9 / 4 = 16.225: 51.325, 67.55, 83.775, 100
    assert [str(up[year]) for year in years] == ["51.3", "67.6", "83.8", "100.0"]
    down = even_steps(d("98.7"), d("0"), years)
    # 98.7 / 4 = 24.675: 74.025, 49.35, 24.675, 0
    assert [str(down[year]) for year in years] == ["74.0", "49.4", "24.7", "0.0"]


def test_progress_by_hand_up():
    half = progress(d("35.1"), d("67.6"), d("50.0"), falls=False)
    assert (half.signed, half.left, half.is_reached, half.is_better) == (
        "+14.9",
        d("17.6"),
        False,
        True,
    )
    assert progress(d("35.1"), d("67.6"), d("67.6"), falls=False).is_reached
    worse = progress(d("35.1"), d("67.6"), d("30.0"), falls=False)
    assert (worse.signed, worse.is_better) == ("−5.1", False)


def test_progress_by_hand_down():
    half = progress(d("98.7"), d("49.4"), d("74.0"), falls=True)
    assert (half.signed, half.left, half.is_reached, half.is_better) == (
        "−24.7",
        d("24.6"),
        False,
        True,
    )
    over = progress(d("98.7"), d("49.4"), d("40.0"), falls=True)
    assert (over.left, over.is_reached) == (d("0.0"), True)
    assert not progress(d("50.0"), d("0.0"), d("60.0"), falls=True).is_better


tenths = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)


@given(tenths, tenths, st.integers(1, 10))
def test_even_steps_are_never_refused_and_end_at_the_goal(baseline, last, count):
    years = list(range(2025, 2025 + count))
    steps = even_steps(baseline, last, years)
    assert steps[years[-1]] == last
    assert wrong_goals(baseline, steps, falls=last < baseline) == []
