"""How many homerooms a school needs: sizes by year, multigrade and special-needs classes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.homeroom_rules import DEFAULT_RULES
from manabiya.law.homeroom_size import HomeroomKind, HomeroomPlan, homerooms_needed
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import GRADES

ELEMENTARY, JUNIOR, BOTH = SchoolKind


def shape(plans):
    return [(plan.grades, plan.student_count) for plan in plans]


@pytest.mark.parametrize(
    ("kind", "grade", "last_year_of_forty"),
    [
        (ELEMENTARY, 1, 2010),
        (ELEMENTARY, 2, 2020),
        (ELEMENTARY, 3, 2021),
        (ELEMENTARY, 4, 2022),
        (ELEMENTARY, 5, 2023),
        (ELEMENTARY, 6, 2024),
        (JUNIOR, 1, 2025),
        (JUNIOR, 2, 2026),
        (JUNIOR, 3, 2027),
        (BOTH, 7, 2025),
    ],
)
def test_thirty_five_instead_of_forty_from_its_year(kind, grade, last_year_of_forty):
    before = homerooms_needed({grade: 40}, kind, last_year_of_forty)
    after = homerooms_needed({grade: 40}, kind, last_year_of_forty + 1)
    assert shape(before) == [((grade,), 40)]
    assert before[0].limit == 40
    assert shape(after) == [((grade,), 20), ((grade,), 20)]
    assert {plan.limit for plan in after} == {35}


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, []), (1, [1]), (35, [35]), (36, [18, 18]), (70, [35, 35]), (71, [24, 24, 23])],
)
def test_children_are_split_as_evenly_as_they_can_be(count, sizes):
    plans = homerooms_needed({1: count}, ELEMENTARY, 2026)
    assert [plan.student_count for plan in plans] == sizes


@pytest.mark.parametrize(
    ("kind", "counts", "expected"),
    [
        (ELEMENTARY, {1: 4, 2: 4}, [((1, 2), 8)]),
        (ELEMENTARY, {1: 5, 2: 4}, [((1,), 5), ((2,), 4)]),
        (ELEMENTARY, {3: 9, 4: 7}, [((3, 4), 16)]),
        (ELEMENTARY, {3: 9, 4: 8}, [((3,), 9), ((4,), 8)]),
        (ELEMENTARY, {2: 5, 4: 5}, [((2,), 5), ((4,), 5)]),
        (ELEMENTARY, {2: 5, 3: 5, 4: 5}, [((2,), 5), ((3, 4), 10)]),
        (ELEMENTARY, {2: 5, 3: 5}, [((2, 3), 10)]),
        (ELEMENTARY, dict.fromkeys(range(1, 7), 3), [((1, 2), 6), ((3, 4), 6), ((5, 6), 6)]),
        (
            ELEMENTARY,
            {1: 6, 2: 6, 3: 6, 4: 12, 5: 3, 6: 9},
            [((1,), 6), ((2, 3), 12), ((4,), 12), ((5, 6), 12)],
        ),
        (JUNIOR, {1: 4, 2: 4}, [((1, 2), 8)]),
        (JUNIOR, {1: 5, 2: 4}, [((1,), 5), ((2,), 4)]),
        (JUNIOR, {1: 2, 2: 2, 3: 2}, [((1, 2), 4), ((3,), 2)]),
        (BOTH, {6: 2, 7: 2}, [((6,), 2), ((7,), 2)]),
        (BOTH, {7: 4, 8: 4}, [((7, 8), 8)]),
    ],
)
def test_two_consecutive_grades_with_few_children_make_one_homeroom(kind, counts, expected):
    assert shape(homerooms_needed(counts, kind, 2026)) == expected


@pytest.mark.parametrize(
    ("kind", "special", "expected"),
    [
        (ELEMENTARY, {3: 8}, [((3,), 8)]),
        (ELEMENTARY, {1: 2, 4: 7}, [((1, 4), 5), ((4,), 4)]),
        (BOTH, {6: 3, 7: 3}, [((6,), 3), ((7,), 3)]),
        (ELEMENTARY, {}, []),
    ],
)
def test_special_needs_classes_hold_eight_of_any_grade(kind, special, expected):
    plans = homerooms_needed({2: 30}, kind, 2026, special)
    assert plans[0] == HomeroomPlan((2,), 30, 35)
    assert shape(plans[1:]) == expected
    assert {(p.kind, p.limit) for p in plans[1:]} <= {(HomeroomKind.SPECIAL_NEEDS, 8)}


@pytest.mark.parametrize(
    ("counts", "special", "reason"),
    [
        ({7: 1}, None, "小学校に7年はありません"),
        ({0: 1}, None, "小学校に0年はありません"),
        ({1: -1}, None, "0より小さく"),
        ({1: 1}, {2: -1}, "0より小さく"),
    ],
)
def test_impossible_counts_are_refused(counts, special, reason):
    with pytest.raises(ValueError, match=reason):
        homerooms_needed(counts, ELEMENTARY, 2026, special)


def test_a_prefecture_may_set_smaller_homerooms():
    rules = replace(DEFAULT_RULES, reduced_size=30, special_needs_size=6)
    plans = homerooms_needed({1: 31}, ELEMENTARY, 2026, {2: 7}, rules=rules)
    assert [plan.student_count for plan in plans] == [16, 15, 4, 3]


def test_plans_are_written_for_people():
    plans = homerooms_needed({3: 9, 4: 7}, ELEMENTARY, 2026, {1: 1})
    assert [str(plan) for plan in plans] == ["3・4年(複式)16人", "1年(特別支援)1人"]
    assert str(HomeroomPlan((1,), 30, 35)) == "1年(単式)30人"


@st.composite
def schools(draw):
    kind = draw(st.sampled_from(SchoolKind))
    grades = st.integers(1, len(GRADES[kind]))
    counts = draw(st.dictionaries(grades, st.integers(0, 120)))
    return kind, counts, draw(st.dictionaries(grades, st.integers(0, 20)))


@given(schools(), st.integers(2005, 2035))
def test_every_child_has_a_place_and_no_homeroom_is_too_large(school, year):
    kind, counts, special = school
    plans = homerooms_needed(counts, kind, year, special)
    assert sum(plan.student_count for plan in plans) == sum(counts.values()) + sum(special.values())
    assert all(1 <= plan.student_count <= plan.limit for plan in plans)
    for plan in plans:
        assert set(plan.grades) <= set(range(1, len(GRADES[kind]) + 1))
        if plan.kind is HomeroomKind.MULTIGRADE:
            assert plan.grades[1] == plan.grades[0] + 1
        if plan.kind is HomeroomKind.SINGLE_GRADE:
            assert len(plan.grades) == 1


@given(schools(), st.integers(2005, 2035))
def test_a_later_year_never_needs_fewer_homerooms(school, year):
    kind, counts, special = school
    now = homerooms_needed(counts, kind, year, special)
    assert len(homerooms_needed(counts, kind, year + 1, special)) >= len(now)
