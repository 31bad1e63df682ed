"""Compares the kept numbers of schools with the rows, for ``manabiya projections verify``."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from manabiya.apps.statistics import periods
from manabiya.apps.statistics.counts import counted_year, recount_school, stored_year
from manabiya.kernel.clock import school_now
from manabiya.kernel.registry import Difference, Projection
from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.models import Municipality
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import SchoolCard, schools_of_municipality


def compare(*, first: date, last: date, school_id: UUID | None) -> Iterator[Difference]:
    """Yield the numbers of months, weeks and years that lie in the stretch and aren't what rows say."""
    today = _today()
    for school in schools_of_municipality():
        if school_id in (None, school.id):
            for year in range(school_year_of(first), school_year_of(min(last, today)) + 1):
                yield from _year(school, year, today, periods.Span(first, last))


def _today() -> date:
    return school_now(Municipality.objects.get(pk=scope.current())).date()


def _year(school: SchoolCard, year: int, today: date, asked: periods.Span) -> Iterator[Difference]:
    stored, counted = stored_year(school.id, year), counted_year(school.id, year, today)
    for key in sorted({*stored, *counted}):
        span, day, kind = key
        is_asked = span == "year" or asked.first.replace(day=1) <= day <= asked.last
        if is_asked and stored[key] != counted[key]:
            what = f"{span}:{kind}"
            yield Difference(day, school.id, school.slug, what, stored[key], counted[key])


def mend(difference: Difference) -> None:
    """Count the school's year again."""
    if difference.school_id is not None:
        recount_school(difference.school_id, school_year_of(difference.day), _today())


PROJECTION = Projection("statistics", "統計の数", compare, mend)
