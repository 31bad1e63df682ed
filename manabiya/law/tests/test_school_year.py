"""School years, grades and ages: vectors, then the birth line of 1 and 2 April."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.law.school import SchoolKind
from manabiya.law.school_age import compulsory_until, register_dates
from manabiya.law.school_year import (
    age_on,
    entry_school_year,
    first_day,
    grade_in_kind,
    grade_on,
    label,
    last_day,
    school_year_of,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026), (date(2026, 3, 31), 2025)],
)
def test_a_school_year_runs_from_april_to_march(day, year):
    assert school_year_of(day) == year
    assert first_day(year) <= day <= last_day(year)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2020, 4, 1), date(2026, 3, 31), 6),
        (date(2020, 4, 1), date(2026, 3, 30), 5),
        (date(2020, 4, 2), date(2026, 3, 31), 5),
        (date(2020, 4, 2), date(2026, 4, 1), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 6),
        (date(2020, 2, 29), date(2024, 2, 28), 4),
        (date(2020, 2, 29), date(2026, 2, 27), 5),
        (date(2020, 1, 1), date(2020, 12, 30), 0),
        (date(2020, 1, 1), date(2020, 12, 31), 1),
        (date(2020, 1, 1), date(2020, 1, 1), 0),
    ],
)
def test_an_age_is_reached_the_day_before_the_birthday(birth, day, age):
    assert age_on(birth, day) == age


def test_no_age_before_birth():
    with pytest.raises(ValueError, match="生まれる前"):
        age_on(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("birth", "year", "grade"),
    [
        (date(2019, 4, 2), 2026, 1),
        (date(2020, 4, 1), 2026, 1),
        (date(2020, 4, 2), 2027, 1),
        (date(2012, 4, 1), 2026, 9),
        (date(2011, 4, 2), 2026, 9),
    ],
)
def test_grades_follow_from_the_birth_date(birth, year, grade):
    assert grade_on(birth, year) == grade


@pytest.mark.parametrize("birth", [date(2020, 4, 2), date(2011, 4, 1), date(2027, 1, 1)])
def test_no_grade_outside_the_nine_years(birth):
    with pytest.raises(ValueError, match="学齢"):
        grade_on(birth, 2026)


@given(st.integers(2018, 2060), st.integers(7, 14))
def test_each_birth_line_moves_one_grade(year, years_before):
    older, younger = date(year - years_before, 4, 1), date(year - years_before, 4, 2)
    assert grade_on(older, year) == grade_on(younger, year) + 1


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_school_begins_in_the_year_after_age_six(birth):
    entry = entry_school_year(birth)
    day_before = first_day(entry) - timedelta(days=1)
    assert age_on(birth, day_before) == 6
    assert [grade_on(birth, entry + n) for n in range(9)] == list(range(1, 10))


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)))
def test_compulsory_school_ends_in_the_school_year_of_age_fifteen(birth):
    end = compulsory_until(birth)
    assert (end.month, end.day, age_on(birth, end)) == (3, 31, 15)
    assert grade_on(birth, school_year_of(end)) == 9


def test_grades_within_a_kind():
    assert [grade_in_kind(g, SchoolKind.ELEMENTARY) for g in range(1, 7)] == [1, 2, 3, 4, 5, 6]
    assert [grade_in_kind(g, SchoolKind.JUNIOR_HIGH) for g in range(7, 10)] == [1, 2, 3]
    kind = SchoolKind.COMPULSORY_EDUCATION
    assert [grade_in_kind(g, kind) for g in range(1, 10)] == list(range(1, 10))


@pytest.mark.parametrize(
    ("absolute", "kind"),
    [
        (7, SchoolKind.ELEMENTARY),
        (6, SchoolKind.JUNIOR_HIGH),
        (0, SchoolKind.COMPULSORY_EDUCATION),
        (10, SchoolKind.COMPULSORY_EDUCATION),
    ],
)
def test_grades_a_kind_does_not_have(absolute, kind):
    with pytest.raises(ValueError, match=kind.label):
        grade_in_kind(absolute, kind)


def test_kinds_of_schools():
    assert {kind.name: (kind.value, kind.label) for kind in SchoolKind} == {
        "ELEMENTARY": ("elementary_school", "小学校"),
        "JUNIOR_HIGH": ("junior_high_school", "中学校"),
        "COMPULSORY_EDUCATION": ("compulsory_education_school", "義務教育学校"),
    }


def test_school_year_labels():
    years = {1988: "昭和63年度", 1989: "平成元年度", 2018: "平成30年度"}
    years |= {2019: "令和元年度", 2020: "令和2年度", 2026: "令和8年度"}
    assert {year: label(year) for year in years} == years


def test_the_school_age_register_of_those_who_enter_in_2027():
    dates = register_dates(2027)
    assert (dates.base_on, dates.made_by) == (date(2026, 10, 1), date(2026, 10, 31))
    assert dates.medical_examination_by == date(2026, 11, 30)
    assert dates.notice_by == date(2027, 1, 31)
    assert "令和8年10月1日" in str(dates)
