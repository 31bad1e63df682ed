"""Decisions about enrolling on plain values: grades, numbers, how a year ends."""

from collections.abc import Collection
from datetime import date, timedelta

from manabiya.law.school import SchoolKind
from manabiya.law.school_year import GRADES, grade_on, last_day, school_year_of

LATEST_RECORD = timedelta(days=14)
"""So many days after the child has left, a school may still record it."""
LONGEST_GAP = timedelta(days=31)
EARLIEST_ADMISSION = timedelta(days=60)
"""So many days before a child comes from outside, a school may record it."""


def highest_grade(kind: str) -> int:
    """Return the last grade of a kind of school: 6, 3 or 9."""
    return len(GRADES[SchoolKind(kind)])


def is_grade(grade_level: int, kind: str) -> bool:
    """Return whether a kind of school has the grade."""
    return 1 <= grade_level <= highest_grade(kind)


def graduates(grade_level: int, kind: str) -> bool:
    """Return whether a child of the grade graduates at the end of the year."""
    return grade_level >= highest_grade(kind)


def suggested_grade(grade_level: int, kind: str, to_kind: str, years: int = 0) -> int | None:
    """Return the grade a child has at another kind of school, ``years`` later; None: none there."""
    absolute = GRADES[SchoolKind(kind)].start + grade_level - 1 + years
    there = GRADES[SchoolKind(to_kind)]
    return absolute - there.start + 1 if absolute in there else None


def next_number(given: Collection[int]) -> int:
    """Return the next free 出席番号: numbers of children who left are not given again."""
    return max(given, default=0) + 1


def year_to_close(today: date) -> int | None:
    """Return the school year a school can close today, None before 3/31.

    On 3/31 the year that ends; in April, what was left undone of the year before.
    """
    year = school_year_of(today)
    if today == last_day(year):
        return year
    return year - 1 if today.month == 4 else None


def is_record_day(last: date, today: date) -> bool:
    """Return whether a move can be recorded today with ``last`` as the last day at the school."""
    return today - LATEST_RECORD <= last <= last_day(school_year_of(today))


def is_admission_day(first: date, today: date) -> bool:
    """Return whether a child from outside can be recorded today to come on ``first``."""
    return today - LATEST_RECORD <= first <= today + EARLIEST_ADMISSION


def may_take_back(last: date, today: date) -> bool:
    """Return whether a departure with ``last`` as its last day can still be taken back."""
    return today <= last + LATEST_RECORD


def is_grade_of_age(birth_date: date, grade_level: int, kind: str, day: date) -> bool:
    """Return whether the grade at a kind of school is that of the age on ``day``."""
    try:
        by_age = grade_on(birth_date, school_year_of(day))
    except ValueError:
        return False
    return by_age == GRADES[SchoolKind(kind)].start + grade_level - 1
