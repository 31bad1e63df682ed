"""The rule of the next three steps, on plain values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.apps.checklist.next_steps import Chance, next_steps


def chance(key, number=1, percent=None, similar=None, **more):
    def decimal(value):
        return None if value is None else Decimal(value)

    return Chance(key, number, decimal(percent), "市", decimal(similar), "小学校", **more)


def keys(*chances):
    return [step.chance.key for step in next_steps(chances)]


def test_what_every_school_is_to_do_comes_first_whatever_else_speaks_for_another():
    easy = chance("easy", 1, "79.9", "79.9", has_begun=True, practices=3, pages=1)
    assert keys(easy, chance("for_all", 9, "80.0")) == ["for_all", "easy"]


def test_then_what_half_of_the_same_kind_do_with_a_way_then_without_then_a_way():
    common = chance("common", 1, "60", "70")
    way = chance("way", 2, "20", "10", pages=1)
    both = chance("both", 3, "40", "50.0", practices=1)
    assert keys(common, way, both) == ["both", "common", "way"]


def test_what_nothing_speaks_for_is_not_proposed():
    assert keys(chance("rare", 1, "20", "49.9"), chance("unknown", 2)) == []


def test_within_a_group_what_has_begun_then_what_more_schools_do_then_the_order_of_the_list():
    rows = [
        chance("third", 4, "90", "85"),
        chance("second", 3, "81", "88"),
        chance("first", 9, "80", "80", has_begun=True),
        chance("fourth", 5, "90", "85"),
    ]
    assert keys(*rows) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("given_chance", "said"),
    [
        (
            chance("a", 1, "92.3", "96.0", has_begun=True, practices=2, pages=1),
            (
                "市の92.3%の学校がしています。早急に全校で行う項目です。",
                "同じ小学校の96.0%がしています。",
                "もう一部でしています。",
                "先行事例が2件あります。",
                "この製品の画面で始められます。",
            ),
        ),
        (
            chance("b", 1, "30", None, practices=1),
            ("市では30%の学校がしています。", "先行事例が1件あります。"),
        ),
    ],
)
def test_each_step_says_why_it_was_chosen(given_chance, said):
    [step] = next_steps([given_chance])
    assert step.reasons == said


CHANCES = st.lists(
    st.builds(
        Chance,
        key=st.uuids().map(str),
        number=st.integers(1, 40),
        percent=st.none() | st.decimals(0, 100, places=1),
        whose=st.just("市"),
        similar=st.none() | st.decimals(0, 100, places=1),
        kind=st.just("中学校"),
        has_begun=st.booleans(),
        practices=st.integers(0, 2),
        pages=st.integers(0, 2),
    ),
    max_size=25,
)


@given(CHANCES)
def test_at_most_three_each_with_a_reason_and_those_for_all_before_others(chances):
    steps = next_steps(chances)
    assert len(steps) <= 3
    assert all(step.reasons for step in steps)
    wanted = [step.chance.is_for_all for step in steps]
    assert wanted == sorted(wanted, reverse=True)
    assert sum(wanted) == min(3, sum(one.is_for_all for one in chances))
