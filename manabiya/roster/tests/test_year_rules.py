"""Days of a plan, the terms and vacations they make, and what makes no year."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manabiya.roster.year_rules import (
    YearRefused,
    check_year,
    day_in,
    read_day,
    read_span,
    terms_in,
    vacations_in,
)

THREE = (("1学期", "04-01"), ("2学期", "08-21"), ("3学期", "01-01"))
TWO = (("前期", "04-01"), ("後期", "10-10"))
WINTER = ("冬季休業", "12-25", "01-15")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7/25", "07-25"),
        ("７/２５", "07-25"),
        ("7月25日", "07-25"),
        ("1.8", "01-08"),
    ],
)
def test_a_day_is_read_however_it_is_typed(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["", "7", "13/1", "2/30", "2/29", "夏", "7/25/1", "7-25"])
def test_what_is_no_day_of_every_year_is_refused(text):
    with pytest.raises(YearRefused, match="7/25のように"):
        read_day(text)


@pytest.mark.parametrize(
    "text", ["7/25〜8/20", "７/２５～８/２０", "7月25日-8月20日", "7/25 ~ 8/20"]
)
def test_a_span_is_read_however_it_is_typed(text):
    assert read_span(text) == ("07-25", "08-20")


@pytest.mark.parametrize("text", ["7/25", "7/25〜", "7/25〜8/20〜9/1", "夏〜秋"])
def test_what_is_no_span_is_refused(text):
    with pytest.raises(YearRefused, match="のように入れてください"):
        read_span(text)


def test_terms_end_before_the_next_one_and_the_last_on_31_march():
    found = [(term.name, term.starts_on, term.ends_on) for term in terms_in(2027, THREE)]
    assert found == [
        ("1学期", date(2027, 4, 1), date(2027, 8, 20)),
        ("2学期", date(2027, 8, 21), date(2027, 12, 31)),
        ("3学期", date(2028, 1, 1), date(2028, 3, 31)),
    ]


def test_winter_goes_over_the_turn_of_the_year():
    (winter,) = vacations_in(2027, [WINTER])
    assert (winter.first, winter.last) == (date(2027, 12, 25), date(2028, 1, 15))


@given(st.integers(2000, 2100), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_a_day_lies_in_its_school_year(year, day):
    found = day_in(year, f"{day:%m-%d}")
    assert date(year, 4, 1) <= found <= date(year + 1, 3, 31)
    assert (found.month, found.day) == (day.month, day.day)


@given(st.integers(2000, 2100), st.sampled_from([TWO, THREE]))
def test_terms_fill_the_year_without_gap(year, terms):
    found = terms_in(year, terms)
    assert (found[0].starts_on, found[-1].ends_on) == (date(year, 4, 1), date(year + 1, 3, 31))
    for one, other in itertools.pairwise(found):
        assert other.starts_on - one.ends_on == timedelta(days=1)


@pytest.mark.parametrize(
    ("terms", "vacations", "said"),
    [
        ((("前期", "04-02"), ("後期", "10-10")), (), "4月1日から"),
        ((("前期", "04-01"),), (), "二つか三つ"),
        ((*TWO[:1], ("後期", "04-01")), (), "前の学期より後"),
        ((THREE[0], ("2学期", "01-08"), ("3学期", "10-10")), (), "前の学期より後"),
        (TWO, (("夏季休業", "08-20", "07-25"),), "夏季休業の終わりが始めより前です"),
        (
            TWO,
            (("夏季休業", "07-25", "08-20"), ("秋季休業", "08-20", "08-25")),
            "秋季休業が夏季休業と",
        ),
        (TWO, (WINTER, ("夏季休業", "07-25", "08-20")), "夏季休業が冬季休業と"),
    ],
)
def test_what_makes_no_year_is_said(terms, vacations, said):
    with pytest.raises(YearRefused, match=said):
        check_year(terms, vacations)


def test_years_of_two_and_three_terms_are_years():
    check_year(TWO, ())
    check_year(THREE, (("夏季休業", "07-25", "08-20"), WINTER))
