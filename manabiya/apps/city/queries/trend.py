"""The days and weeks before, from the stored counts; the same weeks of the year before."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries.counts import counts_by_day, reasons_by_day
from manabiya.apps.city import rules
from manabiya.apps.city.policies import EXACT_VIEW
from manabiya.apps.city.queries.board import BoardDay
from manabiya.apps.city.rules import Figures, Week
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import first_day, school_year_of
from manabiya.roster.queries import SchoolCard, schools_of_municipality

DAYS = 14
STRETCH = timedelta(days=60)
WEEKS_OF_REASONS = 4


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Why children of the city were absent: child-days in each week, None for what is kept back."""

    reason: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """The city on a day; None for what is kept back. ``sick``, ``other``: exact pages only."""

    day: date
    absent: int | None
    sick: int | None
    other: int | None
    excused: int | None


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of the city and the same week of the year before; None: kept back or not counted.

    ``percent``: 欠席率; ``infected``: 出席停止 for a disease, for one school day.
    """

    monday: date
    days: int
    percent: Decimal | None
    infected: Decimal | None
    percent_before: Decimal | None = None
    infected_before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """Counted days and weeks up to today. ``reasons``: of the city only, for ``mondays``."""

    days: tuple[DayLine, ...]
    weeks: tuple[WeekLine, ...]
    has_year_before: bool
    mondays: tuple[date, ...]
    reasons: tuple[ReasonLine, ...]
    is_exact: bool


def trend(viewer: Actor, *, board: BoardDay) -> Trend:
    """Return the city's days and weeks up to those of ``board`` (three queries).

    What ``board`` keeps back of today is kept back here.
    """
    today = board.day.date
    found = _counts(viewer, today)
    before = counts_by_day(
        viewer,
        first=rules.monday_of(first_day(school_year_of(today))) - rules.YEAR,
        last=rules.monday_of(today) - rules.YEAR + timedelta(days=6),
    )
    mondays = tuple(
        rules.monday_of(today) - rules.WEEK * n for n in reversed(range(WEEKS_OF_REASONS))
    )
    reasons = reasons_by_day(viewer, first=mondays[0], last=today)
    weeks = rules.weeks(_of_year(found, today), before)
    return Trend(
        days=tuple(_day_line(day, figures, board) for day, figures in _days(found)),
        weeks=tuple(_week_line(week, board) for week in weeks),
        has_year_before=any(week.before for week in weeks),
        mondays=mondays,
        reasons=_reasons(reasons, mondays, exact=board.is_exact),
        is_exact=board.is_exact,
    )


def _day_line(day: date, found: Figures, board: BoardDay) -> DayLine:
    if board.is_exact:
        return DayLine(day, found.absent, found.sick, found.other, found.excused)
    if day == board.day.date:
        return DayLine(day, board.total.cells["absent"], None, None, board.total.excused)
    absent, excused = (rules.alone(n, exact=False) for n in (found.absent, found.excused))
    return DayLine(day, absent, None, None, excused)


def _week_line(week: Week, board: BoardDay) -> WeekLine:
    if board.is_exact:
        return _exact_line(week)
    is_now = week.monday == rules.monday_of(board.day.date)
    percent, infected = _percent(week.now), _infected(week.now)
    if is_now and board.total.cells["absent"] is None:
        percent = None
    if is_now and None in (board.total.infected, board.total.excused):
        infected = None
    line = WeekLine(week.monday, week.now.days, percent, infected)
    if week.before is None:
        return line
    return replace(
        line,
        percent_before=_percent(week.before),
        infected_before=_infected(week.before),
    )


def _exact_line(week: Week) -> WeekLine:
    line = WeekLine(week.monday, week.now.days, week.now.percent, week.now.a_day(week.now.infected))
    if week.before is None:
        return line
    infected = week.before.a_day(week.before.infected)
    return replace(line, percent_before=week.before.percent, infected_before=infected)


def _percent(found: Figures) -> Decimal | None:
    return None if rules.alone(found.absent, exact=False) is None else found.percent


def _infected(found: Figures) -> Decimal | None:
    """Return the number for a day; kept back too where the rest of those excused is small."""
    parts = (found.infected, found.other_excused)
    if rules.together(rules.alone(n, exact=False) for n in parts) is None:
        return None
    return found.a_day(found.infected)


def school_trend(
    viewer: Actor, *, school_id: UUID, today: date
) -> tuple[SchoolCard, tuple[tuple[date, Figures], ...], tuple[WeekLine, ...]]:
    """Return one school's last days and its weeks (three queries); the officer in charge only.

    Raises ``Refused``, ``Http404`` (a school of somebody else).
    """
    EXACT_VIEW.require(viewer)
    card = next((s for s in schools_of_municipality() if s.id == school_id), None)
    if card is None:
        raise Http404
    found = _counts(viewer, today, school_id)
    before = counts_by_day(
        viewer,
        first=first_day(school_year_of(today)) - rules.YEAR,
        last=rules.monday_of(today) - rules.YEAR + timedelta(days=6),
        school_id=school_id,
    )
    weeks = rules.weeks(_of_year(found, today), before)
    return card, _days(found), tuple(_exact_line(week) for week in weeks)


def _counts(viewer: Actor, today: date, school_id: UUID | None = None) -> dict[date, rules.Numbers]:
    """Return the counts of the school year, and of the weeks before today in April."""
    first = min(first_day(school_year_of(today)), today - STRETCH)
    return counts_by_day(viewer, first=first, last=today, school_id=school_id)


def _of_year(found: dict[date, rules.Numbers], today: date) -> dict[date, rules.Numbers]:
    first = first_day(school_year_of(today))
    return {day: numbers for day, numbers in found.items() if day >= first}


def _days(found: dict[date, rules.Numbers]) -> tuple[tuple[date, Figures], ...]:
    counted = [
        (day, rules.figures(numbers)) for day, numbers in found.items() if rules.is_counted(numbers)
    ]
    return tuple(counted[-DAYS:])


def _reasons(
    found: dict[date, Counter[str]], mondays: tuple[date, ...], *, exact: bool
) -> tuple[ReasonLine, ...]:
    """Return a line for each reason, most first; the sums of the weeks are known elsewhere."""
    weeks: dict[date, Counter[str]] = {monday: Counter() for monday in mondays}
    for day, numbers in found.items():
        weeks[rules.monday_of(day)].update(numbers)
    total = sum(weeks.values(), Counter())
    order = sorted(total, key=lambda reason: (not reason, -total[reason], reason))
    if not order:
        return ()
    table = [[weeks[monday][reason] for reason in order] + [0] for monday in mondays]
    rows = rules.shown(table, exact=exact)
    return tuple(
        ReasonLine(reason, tuple(row[place] for row in rows[:-1]))
        for place, reason in enumerate(order)
    )
