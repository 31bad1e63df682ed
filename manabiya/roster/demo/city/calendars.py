"""The calendars of a Hokkaido city: long winters, and a little different from school to school."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import jpholiday

from manabiya.law.japanese_calendar import Exchange, Vacation, plan_year
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import first_day, last_day
from manabiya.roster.demo.city.schools import SchoolSketch

ONE_DAY = timedelta(days=1)
SATURDAY = 5
Day = tuple[int, int]

VACATIONS: dict[str, tuple[tuple[Day, Day, str], ...]] = {
    "elementary_school": (
        ((4, 1), (4, 6), "学年始休業"),
        ((7, 25), (8, 20), "夏季休業"),
        ((12, 25), (1, 18), "冬季休業"),
        ((3, 25), (3, 31), "学年末休業"),
    ),
    "junior_high_school": (
        ((4, 1), (4, 6), "学年始休業"),
        ((7, 26), (8, 19), "夏季休業"),
        ((12, 26), (1, 17), "冬季休業"),
        ((3, 25), (3, 31), "学年末休業"),
    ),
    "compulsory_education_school": (
        ((4, 1), (4, 5), "学年始休業"),
        ((7, 26), (8, 18), "夏季休業"),
        ((12, 25), (1, 17), "冬季休業"),
        ((3, 25), (3, 31), "学年末休業"),
    ),
    "evening": (
        ((4, 1), (4, 9), "学年始休業"),
        ((7, 25), (8, 23), "夏季休業"),
        ((12, 24), (1, 19), "冬季休業"),
        ((3, 22), (3, 31), "学年末休業"),
    ),
}
LAST_GRADE = {SchoolKind.ELEMENTARY: 6, SchoolKind.JUNIOR_HIGH: 3}
GRADUATION: dict[SchoolKind, Day] = {SchoolKind.ELEMENTARY: (3, 18)}
GRADUATION_OF_OLDER: Day = (3, 13)


def vacations_of_plan(kind: str) -> list[list[str]]:
    """Return the vacations of a kind of school as the board's plan keeps them."""
    return [
        [name, *(f"{month:02}-{day:02}" for month, day in (first, last))]
        for first, last, name in VACATIONS[kind]
    ]


@dataclass(slots=True)
class Entry:
    """One row of a calendar; ``grade_level`` 0: all grades."""

    date: date
    grade_level: int
    is_open: bool
    label: str = ""


@cache
def holidays(school_year: int) -> dict[date, str]:
    """Return the national holidays of a school year."""
    days = jpholiday.between(first_day(school_year), last_day(school_year))
    return {day: str(name) for day, name in days}


def calendar_of(school: SchoolSketch, school_year: int) -> list[Entry]:
    """Return the rows of a school's year: 授業日, and days off that have a name."""
    vacations = vacations_of(school, school_year)
    plan = plan_year(school_year, holidays=holidays(school_year), vacations=vacations)
    is_open = {row.date: row.is_school_day for row in plan}
    exchange = _festival(school, school_year, is_open.__getitem__)
    plan = plan_year(
        school_year, holidays=holidays(school_year), vacations=vacations, exchanges=[exchange]
    )
    rows = {row.date: Entry(row.date, 0, row.is_school_day, row.label) for row in plan}
    _founding_day(school, school_year, rows)
    _ceremonies(rows)
    found = [row for row in rows.values() if row.is_open or row.label]
    return [*found, *_after_graduation(school, school_year, rows)]


def vacations_of(school: SchoolSketch, school_year: int) -> list[Vacation]:
    """Return the vacations of a school's kind."""
    kind = "evening" if school.is_evening else school.kind.value

    def day(month_day: Day) -> date:
        return date(school_year + (month_day[0] < 4), *month_day)

    return [Vacation(label, day(first), day(last)) for first, last, label in VACATIONS[kind]]


def last_school_day(schools: list[SchoolSketch], on_or_before: date) -> date:
    """Return the last day on or before a date on which every kind of school is open."""
    day = on_or_before
    while not all(_is_ordinary(school, day) for school in schools):
        day -= ONE_DAY
    return day


def _is_ordinary(school: SchoolSketch, day: date) -> bool:
    year = day.year if day.month >= 4 else day.year - 1
    is_vacation = any(v.first <= day <= v.last for v in vacations_of(school, year))
    return day.weekday() < SATURDAY and day not in holidays(year) and not is_vacation


def _festival(school: SchoolSketch, year: int, is_open: Callable[[date], bool]) -> Exchange:
    """Return the Saturday of 運動会 or 学校祭 and the weekday off for it."""
    if school.kind is SchoolKind.ELEMENTARY:
        first, label = date(year, 5, 24 + 7 * (school.number % 2)), "運動会"
    else:
        first, label = date(year, 9, 26 + school.number % 5), "学校祭"
    taught = first + timedelta(days=(SATURDAY - first.weekday()) % 7)
    off = taught + ONE_DAY
    while not is_open(off):
        off += ONE_DAY
    return Exchange(taught, off, label)


def _founding_day(school: SchoolSketch, year: int, rows: dict[date, Entry]) -> None:
    row = rows[date(year, 6 + school.number % 5, 2 + school.number * 5 % 20)]
    if row.is_open and not row.label:
        row.is_open, row.label = False, "開校記念日"


def _ceremonies(rows: dict[date, Entry]) -> None:
    """Name the first and the last day between the vacations."""
    open_days = [row for row in rows.values() if row.is_open]
    open_days[0].label, open_days[-1].label = "始業式・入学式", "修了式"
    for before, after in pairwise(open_days):
        if after.date - before.date > timedelta(days=14):
            before.label, after.label = "終業式", "始業式"


def _after_graduation(
    school: SchoolSketch, school_year: int, rows: dict[date, Entry]
) -> Iterator[Entry]:
    """Yield the days on which the last grade has left: a row of its own overrides the others'."""
    grade = LAST_GRADE.get(school.kind, 9)
    day = date(school_year + 1, *GRADUATION.get(school.kind, GRADUATION_OF_OLDER))
    while not rows[day].is_open:
        day -= ONE_DAY
    rows[day].label = "卒業式"
    for later, row in rows.items():
        if later > day and row.is_open:
            yield Entry(later, grade, False, "卒業後")
