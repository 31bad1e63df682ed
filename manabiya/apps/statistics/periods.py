"""Periods of the statistics: the school year, a term, a month or some days, as addresses name them.

``2026`` (the year), ``2026-2`` (its second term), ``m2026-11`` (a month) and
``d2026-11-16_2026-11-20`` (from a day to a day of one school year).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from manabiya.law.school_year import first_day, last_day, school_year_of

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day, both inclusive."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Return whether ``day`` lies inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Period(Span):
    """A span of days with its address and its name."""

    slug: str
    label: str

    @property
    def school_year(self) -> int:
        """Return the school year it lies in."""
        return school_year_of(self.first)

    @property
    def is_year(self) -> bool:
        """Return whether it is a whole school year."""
        return self.slug.isdecimal()


@dataclass(frozen=True, slots=True)
class TermDays:
    """A term: its number, name and days."""

    number: int
    name: str
    first: date
    last: date


def year_of(school_year: int) -> Period:
    """Return a school year (年度)."""
    return Period(
        first_day(school_year), last_day(school_year), str(school_year), f"{school_year}年度"
    )


def month_of(day: date) -> Period:
    """Return the calendar month of ``day``."""
    first = day.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - ONE_DAY
    return Period(first, last, f"m{first:%Y-%m}", f"{first.year}年{first.month}月")


def days_of(first: date, last: date, label: str = "") -> Period:
    """Return the days from ``first`` to ``last``; without a ``label`` they name themselves."""
    name = label or f"{first.month}月{first.day}日〜{last.month}月{last.day}日"
    return Period(first, last, f"d{first:%Y-%m-%d}_{last:%Y-%m-%d}", name)


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def term_of(school_year: int, term: TermDays) -> Period:
    """Return a term of a school year."""
    return Period(term.first, term.last, f"{school_year}-{term.number}", term.name)


def months(span: Span) -> list[Period]:
    """Return the months that share a day with ``span``, in order."""
    found = [month_of(span.first)]
    while found[-1].last < span.last:
        found.append(month_of(found[-1].last + ONE_DAY))
    return found


def weeks(span: Span) -> list[Period]:
    """Return the weeks of ``span`` (Monday to Sunday), the first and the last cut to it."""
    found = []
    monday = monday_of(span.first)
    while monday <= span.last:
        first, last = max(monday, span.first), min(monday + WEEK - ONE_DAY, span.last)
        found.append(days_of(first, last, f"{monday.month}/{monday.day}の週"))
        monday += WEEK
    return found


def choices(today: date, terms: Sequence[TermDays]) -> list[Period]:
    """Return the periods of today's school year to choose from: year, terms and months begun."""
    year = year_of(school_year_of(today))
    begun = Span(year.first, today)
    of_terms = [term_of(year.school_year, term) for term in terms if term.first <= today]
    return [year, *reversed(of_terms), *reversed(months(begun))]


def default_terms(school_year: int) -> list[TermDays]:
    """Return three terms by month, where neither school nor board has said when terms are."""
    year = school_year
    return [
        TermDays(1, "1学期", date(year, 4, 1), date(year, 7, 31)),
        TermDays(2, "2学期", date(year, 8, 1), date(year, 12, 31)),
        TermDays(3, "3学期", date(year + 1, 1, 1), date(year + 1, 3, 31)),
    ]


def year_in(slug: str) -> int | None:
    """Return the school year an address names, None when it names none."""
    found = re.fullmatch(r"(\d{4})(?:-\d)?", slug)
    if found:
        return int(found[1])
    span = _days_in(slug)
    return None if span is None else school_year_of(span.first)


def find(slug: str, terms: Sequence[TermDays]) -> Period | None:
    """Return the period of an address, None when there is no such; ``terms``: of that year."""
    if re.fullmatch(r"\d{4}", slug):
        return year_of(int(slug))
    found = re.fullmatch(r"(\d{4})-(\d)", slug)
    if found:
        year, number = int(found[1]), int(found[2])
        return next((term_of(year, term) for term in terms if term.number == number), None)
    span = _days_in(slug)
    if span is None:
        return None
    return month_of(span.first) if slug.startswith("m") else days_of(span.first, span.last)


def _days_in(slug: str) -> Span | None:
    """Return the days of an address of a month or of days."""
    found = re.fullmatch(r"m(\d{4}-\d{2})|d(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})", slug)
    if not found:
        return None
    try:
        first = date.fromisoformat(found[2] or f"{found[1]}-01")
        last = date.fromisoformat(found[3]) if found[3] else first
    except ValueError:
        return None
    is_one_year = school_year_of(first) == school_year_of(last)
    return Span(first, last) if first <= last and is_one_year else None
