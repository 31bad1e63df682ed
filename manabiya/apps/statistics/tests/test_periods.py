"""Periods and their addresses."""

from datetime import date

import pytest

from manabiya.apps.statistics import periods

TERMS = periods.default_terms(2026)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("slug", "first", "last"),
    [
        ("2026", date(2026, 4, 1), date(2027, 3, 31)),
        ("2026-2", date(2026, 8, 1), date(2026, 12, 31)),
        ("m2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("m2027-02", date(2027, 2, 1), date(2027, 2, 28)),
        ("d2026-11-16_2026-11-20", date(2026, 11, 16), date(2026, 11, 20)),
    ],
)
def test_an_address_names_its_days_and_year(slug, first, last):
    found = periods.find(slug, TERMS)
    assert (found.first, found.last, found.slug) == (first, last, slug)
    assert periods.year_in(slug) == found.school_year == 2026


@pytest.mark.parametrize(
    "slug",
    ["", "x", "2026-9", "m2026-13", "m2026-1", "d2026-11-20_2026-11-16", "d2027-03-30_2027-04-02",
     "d2026-02-30_2026-03-01", "illness"],
)  # fmt: skip
def test_anything_else_is_no_period(slug):
    assert periods.find(slug, TERMS) is None


def test_weeks_and_months_cover_a_span_without_gap_or_overlap():
    span = periods.Span(date(2026, 4, 1), date(2026, 6, 3))
    weeks = periods.weeks(span)
    days = [d for week in weeks for d in range(week.first.toordinal(), week.last.toordinal() + 1)]
    assert days == list(range(span.first.toordinal(), span.last.toordinal() + 1))
    assert (weeks[0].label, weeks[0].first) == ("3/30の週", span.first)
    assert all(periods.find(week.slug, ()).last == week.last for week in weeks)
    assert [month.slug for month in periods.months(span)] == ["m2026-04", "m2026-05", "m2026-06"]


def test_one_chooses_among_what_has_begun_the_newest_first():
    found = [choice.label for choice in periods.choices(TODAY, TERMS)]
    assert found[:4] == ["2026年度", "2学期", "1学期", "2026年11月"]
    assert found[-1] == "2026年4月"
    assert len(found) == 11
