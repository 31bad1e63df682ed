"""The days and weeks before, from the stored counts; the same weeks of the year before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries.counts import counts_by_day, reasons_by_day
from manabiya.apps.city import rules
from manabiya.apps.city.policies import EXACT_VIEW
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
class Trend:
    """Counted days and weeks up to today. ``reasons``: of the city only, for ``mondays``."""

    days: tuple[tuple[date, Figures], ...]
    weeks: tuple[Week, ...]
    mondays: tuple[date, ...]
    reasons: tuple[ReasonLine, ...]
    is_exact: bool

    @property
    def has_year_before(self) -> bool:
        """Return whether a week of the year before was counted."""
        return any(week.before for week in self.weeks)


def trend(viewer: Actor, *, today: date, shared: bool = False) -> Trend:
    """Return the city's days and weeks (three queries)."""
    exact = EXACT_VIEW.may(viewer) and not shared
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
    return Trend(
        days=_days(found),
        weeks=rules.weeks(_of_year(found, today), before),
        mondays=mondays,
        reasons=_reasons(reasons, mondays, exact=exact),
        is_exact=exact,
    )


def school_trend(
    viewer: Actor, *, school_id: UUID, today: date
) -> tuple[SchoolCard, tuple[tuple[date, Figures], ...], tuple[Week, ...]]:
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
    return card, _days(found), rules.weeks(_of_year(found, today), before)


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
