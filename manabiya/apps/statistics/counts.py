"""The numbers of a school's year for the board, counted anew from the rows and kept.

They are never added to: a school's year is counted as a whole, some minutes after something of it
changed, however much changed meanwhile.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.queries.counted_days import suspension_starts
from manabiya.apps.statistics import periods
from manabiya.apps.statistics.counting import NAMES
from manabiya.apps.statistics.long_absence import ALL, causes_of, long_absent
from manabiya.apps.statistics.models import SchoolPeriodCount
from manabiya.apps.statistics.periods import Span
from manabiya.apps.statistics.queries.reading import count_school
from manabiya.roster.models import School

Numbers = Counter[tuple[str, date, str]]
"""(span, first day, kind) → how many."""


def counted_year(school_id: UUID, school_year: int, today: date) -> Numbers:
    """Return every number of a school's year up to ``today`` (seven queries)."""
    year = periods.year_of(school_year)
    begun = Span(year.first, min(year.last, today))
    months = periods.months(begun)
    counted = count_school(school_id, [year, *months], today)
    found: Numbers = Counter()
    for place, month in enumerate(months, start=1):
        tally = counted.sums(place)
        for name in NAMES:
            found["month", month.first, name] = tally.of(name)
    for day, disease in suspension_starts(school_id, begun.first, begun.last):
        found["week", max(periods.monday_of(day), year.first), disease] += 1
    for child in long_absent(counted, 0, causes_of(school_year)):
        found["year", year.first, ALL] += 1
        found["year", year.first, child.cause] += 1
    return +found


def stored_year(school_id: UUID, school_year: int) -> Numbers:
    """Return what is kept of a school's year (one query)."""
    return Counter({key: row.count for key, row in _rows(school_id, school_year)})


def _rows(
    school_id: UUID, school_year: int
) -> Iterator[tuple[tuple[str, date, str], SchoolPeriodCount]]:
    year = periods.year_of(school_year)
    rows = SchoolPeriodCount.objects.filter(
        school_id=school_id, first_day__range=(year.first, year.last)
    )
    for row in rows:
        yield (row.span, row.first_day, row.kind), row


def recount_school(school_id: UUID, school_year: int, today: date) -> None:
    """Write the numbers of a school's year anew where they differ (ten statements at most)."""
    list(School.objects.select_for_update(no_key=True).filter(pk=school_id).values_list("id"))
    counted = counted_year(school_id, school_year, today)
    kept = dict(_rows(school_id, school_year))
    gone = [row.id for key, row in kept.items() if not counted[key]]
    changed = [
        SchoolPeriodCount(school_id=school_id, span=key[0], first_day=key[1], kind=key[2], count=n)
        for key, n in counted.items()
        if key not in kept or kept[key].count != n
    ]
    if gone:
        SchoolPeriodCount.objects.filter(pk__in=gone).delete()
    if changed:
        SchoolPeriodCount.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["municipality", "school", "span", "first_day", "kind"],
            update_fields=["count"],
        )
