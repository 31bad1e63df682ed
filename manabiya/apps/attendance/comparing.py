"""Compares the stored counts with the rows, for ``manabiya projections verify``."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.counting import absences_between, counted_between
from manabiya.apps.attendance.jobs import recount_city_day, recount_school_day
from manabiya.apps.attendance.models import CityAbsenceCount, SchoolDayCount
from manabiya.kernel.registry import Difference, Projection
from manabiya.roster.queries import SchoolCard, schools_of_municipality

Numbers = Mapping[tuple[date, str], int]


def compare(*, first: date, last: date, school_id: UUID | None) -> Iterator[Difference]:
    """Yield what is stored otherwise than counted; of one school, or of all and the city's sums."""
    for school in schools_of_municipality():
        if school_id in (None, school.id):
            yield from _school(school, first, last)
    if school_id is None:
        stored = {
            (row.date, row.reason): row.count
            for row in CityAbsenceCount.objects.filter(date__range=(first, last))
        }
        counted = {
            (day, reason): number
            for day, found in absences_between(first, last).items()
            for reason, number in found.items()
        }
        for key in _unlike(stored, counted):
            what = f"reason:{key[1] or '-'}"
            yield Difference(key[0], None, "", what, stored.get(key, 0), counted.get(key, 0))


def _school(school: SchoolCard, first: date, last: date) -> Iterator[Difference]:
    stored = {
        (row.date, _what(row.kind, row.detail)): row.count
        for row in SchoolDayCount.objects.filter(school_id=school.id, date__range=(first, last))
    }
    counted = {
        (day, _what(kind, detail)): number
        for day, tally in counted_between(school.id, first, last).items()
        for (kind, detail), number in tally.items()
    }
    for key in _unlike(stored, counted):
        day, what = key
        yield Difference(day, school.id, school.slug, what, stored.get(key, 0), counted.get(key, 0))


def _what(kind: str, detail: str) -> str:
    return f"{kind}:{detail}" if detail else str(kind)


def _unlike(stored: Numbers, counted: Numbers) -> Iterable[tuple[date, str]]:
    """Return the keys whose numbers differ, in order; a number nobody stored is zero."""
    return sorted(k for k in {*stored, *counted} if stored.get(k, 0) != counted.get(k, 0))


def mend(difference: Difference) -> None:
    """Count the school's day, or the city's, again."""
    if difference.school_id is None:
        recount_city_day(difference.day)
    else:
        recount_school_day(difference.school_id, difference.day)


PROJECTION = Projection("attendance-counts", "出欠の数", compare, mend)
