"""The stored counts (projections) of days that have been, for the board: numbers, never names."""

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Sum

from manabiya.apps.attendance.models import CityAbsenceCount, SchoolDayCount
from manabiya.apps.attendance.policies import CITY_VIEW
from manabiya.kernel.access.actors import Actor

Numbers = Counter[tuple[str, str]]
"""(kind of ``SchoolDayCount``, disease or empty) → how many."""


def counts_by_day(
    viewer: Actor, *, first: date, last: date, school_id: UUID | None = None
) -> dict[date, Numbers]:
    """Return the counts of every counted day, of the city or one school (one query)."""
    CITY_VIEW.require(viewer)
    rows = SchoolDayCount.objects.filter(date__range=(first, last), count__gt=0)
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    summed = rows.order_by().values_list("date", "kind", "detail").annotate(Sum("count"))
    found: dict[date, Numbers] = defaultdict(Counter)
    for day, kind, detail, number in CITY_VIEW.filter(viewer, summed):
        found[day][kind, detail] = number
    return dict(sorted(found.items()))


def counts_by_school(viewer: Actor, *, day: date) -> dict[UUID, Numbers]:
    """Return the counts of every school on a day (one query)."""
    CITY_VIEW.require(viewer)
    found: dict[UUID, Numbers] = defaultdict(Counter)
    rows = CITY_VIEW.filter(viewer, SchoolDayCount.objects.filter(date=day, count__gt=0))
    for school_id, kind, detail, number in rows.values_list("school_id", "kind", "detail", "count"):
        found[school_id][kind, detail] = number
    return found


def reasons_by_day(viewer: Actor, *, first: date, last: date) -> dict[date, Counter[str]]:
    """Return why children of the city were absent, by day; of no school (one query)."""
    CITY_VIEW.require(viewer)
    rows = CITY_VIEW.filter(viewer, CityAbsenceCount.objects.filter(date__range=(first, last)))
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, reason, number in rows.values_list("date", "reason", "count"):
        found[day][reason] = number
    return dict(sorted(found.items()))
