"""The calendar of a Hokkaido city: short summer, long winter vacation, national holidays."""

from collections.abc import Iterator
from datetime import date, timedelta

import jpholiday

from manabiya.roster.models import CalendarDay, School

VACATIONS = (
    ((4, 1), (4, 6), "学年始休業"),
    ((7, 25), (8, 20), "夏季休業"),
    ((12, 25), (1, 18), "冬季休業"),
    ((3, 25), (3, 31), "学年末休業"),
)
TERMS = [["1学期", "04-01"], ["2学期", "08-21"], ["3学期", "01-01"]]


def vacations_of_plan() -> list[list[str]]:
    """Return the vacations as the board's plan keeps them."""
    return [
        [label, *(f"{month:02}-{day:02}" for month, day in (first, last))]
        for first, last, label in VACATIONS
    ]


def is_school_day(day: date) -> tuple[bool, str]:
    """Return whether ``day`` is a 授業日 and what it is called."""
    holiday = jpholiday.is_holiday_name(day)
    if holiday:
        return False, str(holiday)
    for first, last, label in VACATIONS:
        inside = first <= (day.month, day.day) <= last
        around = first > last and ((day.month, day.day) >= first or (day.month, day.day) <= last)
        if inside or around:
            return False, label
    return day.weekday() < 5, ""


def days_of(school_year: int) -> Iterator[date]:
    """Yield the days of a 年度, 4/1 to 3/31."""
    day, end = date(school_year, 4, 1), date(school_year + 1, 3, 31)
    while day <= end:
        yield day
        day += timedelta(days=1)


def last_school_day(on_or_before: date) -> date:
    """Return the last 授業日 on or before a date."""
    day = on_or_before
    while not is_school_day(day)[0]:
        day -= timedelta(days=1)
    return day


def calendar_rows(school: School, school_year: int) -> list[CalendarDay]:
    """Return a row for each day of the year that is a 授業日 or has a name."""
    rows = []
    for day in days_of(school_year):
        is_open, label = is_school_day(day)
        if is_open or label:
            rows.append(CalendarDay(school=school, date=day, is_school_day=is_open, label=label))
    return rows
