"""The board's numbers, from the counts of the schools only: never a name, never a school's causes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries.counted_days import disease_label
from manabiya.apps.statistics import periods
from manabiya.apps.statistics.counting import NAMES, Tally, total
from manabiya.apps.statistics.long_absence import ALL, CAUSES
from manabiya.apps.statistics.models import SchoolPeriodCount
from manabiya.apps.statistics.periods import Period, Span
from manabiya.apps.statistics.policies import CITY_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import SchoolCard, schools_of_municipality

FEWEST_SCHOOLS = 2
"""With one school the city's causes would be that school's: they are shown to nobody."""


@dataclass(frozen=True, slots=True)
class CityLine:
    """A school's period; ``long_absent``: children absent for long in the school year so far."""

    school: SchoolCard
    tally: Tally
    long_absent: int


@dataclass(frozen=True, slots=True)
class CityRate:
    """出席率 of a kind of school by month; the tallies it is made of."""

    name: str
    months: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class CityStatistics:
    """The city's period: a line per school and the sum; months, weeks and causes of the year.

    ``causes`` is None where they are not shown: the city has one school only.
    """

    period: Period
    choices: tuple[Period, ...]
    lines: tuple[CityLine, ...]
    total: Tally
    long_absent: int
    months: tuple[Period, ...]
    rates: tuple[CityRate, ...]
    weeks: tuple[Period, ...]
    diseases: tuple[tuple[str, str, tuple[int, ...]], ...]
    causes: tuple[tuple[str, int], ...] | None


def city_statistics(viewer: Actor, *, slug: str, today: date) -> CityStatistics:
    """Return the numbers of a school year or a month of it (three queries)."""
    CITY_VIEW.require(viewer)
    year = periods.year_of(school_year_of(today))
    period = _find(slug, year, today)
    schools = schools_of_municipality()
    of_year = periods.year_of(period.school_year)
    months = periods.months(Span(of_year.first, min(of_year.last, today)))
    rows = SchoolPeriodCount.objects.filter(
        first_day__range=(of_year.first, of_year.last)
    ).values_list("school_id", "span", "first_day", "kind", "count")
    by_month, weeks, long_absent, causes = _read(rows)
    counted = {day for (_school, day), tally in by_month.items() if tally.required}
    shown_months = [month for month in months if month.first in counted]
    lines = tuple(
        CityLine(school, _sum(by_month, school.id, months, period), long_absent[school.id])
        for school in schools
    )
    begun = Span(period.first, min(period.last, today))
    shown = periods.weeks(begun)
    return CityStatistics(
        period=period,
        choices=(year, *reversed(periods.months(Span(year.first, today)))),
        lines=lines,
        total=total(line.tally for line in lines),
        long_absent=sum(line.long_absent for line in lines),
        months=tuple(shown_months),
        rates=tuple(_rates(schools, by_month, shown_months)),
        weeks=tuple(shown),
        diseases=tuple(_diseases(weeks, shown, of_year)),
        causes=tuple((CAUSES[cause], causes[cause]) for cause in CAUSES)
        if len(schools) >= FEWEST_SCHOOLS
        else None,
    )


def _find(slug: str, year: Period, today: date) -> Period:
    """Return a school year (this or the last) or a month of one; ``Http404`` for anything else."""
    named = periods.year_in(slug) if slug else year.school_year
    period = periods.find(slug, ()) if slug else year
    if (
        named not in (year.school_year, year.school_year - 1)
        or period is None
        or period.first > today
        or period.slug.startswith("d")
    ):
        raise Http404
    return period


ByMonth = dict[tuple[UUID, date], Tally]


def _read(
    rows: Iterable[tuple[UUID, str, date, str, int]],
) -> tuple[ByMonth, Counter[tuple[date, str]], Counter[UUID], Counter[str]]:
    """Return tallies by school and month, suspensions by week and disease, long absences."""
    by_month: ByMonth = defaultdict(Tally)
    weeks: Counter[tuple[date, str]] = Counter()
    schools: Counter[UUID] = Counter()
    causes: Counter[str] = Counter()
    for school_id, span, first_day, kind, number in rows:
        if span == "month" and kind in NAMES:
            setattr(by_month[school_id, first_day], kind, number)
        elif span == "week":
            weeks[first_day, kind] += number
        elif kind == ALL:
            schools[school_id] += number
        elif kind in CAUSES:
            causes[kind] += number
    return by_month, weeks, schools, causes


def _sum(by_month: ByMonth, school_id: UUID, months: Sequence[Period], period: Period) -> Tally:
    return total(
        by_month[school_id, month.first]
        for month in months
        if period.holds(month.first) and (school_id, month.first) in by_month
    )


def _rates(
    schools: Sequence[SchoolCard], by_month: ByMonth, months: Sequence[Period]
) -> Iterable[CityRate]:
    """Yield the months of each kind of school there is, and of the city."""
    kinds: dict[str, list[SchoolCard]] = defaultdict(list)
    for school in schools:
        kinds[SchoolKind(school.kind).label].append(school)
    for name, found in kinds.items():
        yield CityRate(name, tuple(_of_month(found, by_month, month) for month in months))
    if len(kinds) > 1:
        yield CityRate("全市", tuple(_of_month(schools, by_month, month) for month in months))


def _of_month(schools: Sequence[SchoolCard], by_month: ByMonth, month: Period) -> Tally:
    keys = [(school.id, month.first) for school in schools]
    return total(by_month[key] for key in keys if key in by_month)


def _diseases(
    counts: Counter[tuple[date, str]], weeks: Sequence[Period], year: Period
) -> Iterable[tuple[str, str, tuple[int, ...]]]:
    """Yield key, name and weekly numbers of each disease that occurred, the most first.

    Numbers are kept by whole week: that of a month's first days belongs to the week's Monday.
    """
    keys = {key for _, key in counts}
    found = []
    for key in keys:
        numbers = tuple(
            counts[max(periods.monday_of(week.first), year.first), key] for week in weeks
        )
        if sum(numbers):
            found.append((key, disease_label(key), numbers))
    yield from sorted(found, key=lambda line: (-sum(line[2]), line[0]))
