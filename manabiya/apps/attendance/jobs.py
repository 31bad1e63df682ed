"""Writes the projections: counts of a school × date, and of the city × date by reason.

Whatever came before, a recount writes what the rows say (:mod:`.counting`). A night's work counts
the last two weeks again, so that an event that got lost is made good.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from manabiya.apps.attendance.counting import (
    BACK,
    KINDS,
    Kind,
    Tally,
    absences_between,
    counted,
    counted_between,
)
from manabiya.apps.attendance.events import DAY_COUNTED
from manabiya.apps.attendance.models import CityAbsenceCount, SchoolDayCount
from manabiya.kernel.clock import school_now
from manabiya.kernel.events.publish import publish
from manabiya.kernel.jobs import defer, job, periodic
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import current, tenant
from manabiya.roster.models import School
from manabiya.roster.queries import school_days, schools_of_municipality

__all__ = ["KINDS", "Kind", "counted", "recount", "recount_city_day", "recount_school_day"]

NIGHTLY = timedelta(days=14)


def recount(keys: dict[str, str]) -> None:
    """Handle an event: recount its school × date; order and repetition don't matter.

    Who is newly ill on the next school day follows from this one, so a later day that was counted
    already is counted again.
    """
    school_id, day = UUID(keys["school"]), date.fromisoformat(keys["date"])
    recount_school_day(school_id, day)
    if SchoolDayCount.objects.filter(school_id=school_id, date__gt=day).exists():
        after = school_days(school_id, day, day + BACK).next(day)
        if after and SchoolDayCount.objects.filter(school_id=school_id, date=after).exists():
            recount_school_day(school_id, after)
    recount_city_day(day)
    publish(DAY_COUNTED, school=school_id, date=day)


def recount_school_day(school_id: UUID, day: date) -> None:
    """Write the counts of a school on ``day`` from the truth."""
    recount_school_days(school_id, day, day)


def recount_school_days(school_id: UUID, first: date, last: date) -> None:
    """Write the counts of a school from ``first`` to ``last`` (eleven statements at most)."""
    list(School.objects.select_for_update(no_key=True).filter(pk=school_id).values_list("id"))
    wanted = _rows_of(counted_between(school_id, first, last))
    stored = {
        (row.date, row.kind, row.detail): row
        for row in SchoolDayCount.objects.filter(school_id=school_id, date__range=(first, last))
    }
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    if gone:
        SchoolDayCount.objects.filter(pk__in=gone).delete()
    SchoolDayCount.objects.bulk_create(
        [
            SchoolDayCount(school_id=school_id, date=day, kind=kind, detail=detail, count=count)
            for (day, kind, detail), count in wanted.items()
            if (day, kind, detail) not in stored or stored[day, kind, detail].count != count
        ],
        update_conflicts=True,
        unique_fields=["municipality", "school", "date", "kind", "detail"],
        update_fields=["count"],
    )


def _rows_of(tallies: Mapping[date, Tally]) -> dict[tuple[date, str, str], int]:
    return {
        (day, kind, detail): count
        for day, tally in tallies.items()
        for (kind, detail), count in tally.items()
    }


def recount_city_day(day: date) -> None:
    """Write the absences of the municipality on ``day`` by reason, one recount at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{current()} {day}"]
        )
    wanted = absences_between(day, day).get(day, Counter())
    CityAbsenceCount.objects.filter(date=day).exclude(reason__in=list(wanted)).delete()
    CityAbsenceCount.objects.bulk_create(
        [CityAbsenceCount(date=day, reason=reason, count=n) for reason, n in wanted.items()],
        update_conflicts=True,
        unique_fields=["municipality", "date", "reason"],
        update_fields=["count"],
    )


def days_of(first: date, last: date) -> Iterable[date]:
    """Yield the days from ``first`` to ``last``."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@periodic("40 17 * * *", name="attendance.recount")
def recount_everything() -> None:
    """Order the recount of the last two weeks at 2:40 of the schools' night (UTC schedule)."""
    for municipality in Municipality.objects.all():
        with tenant(municipality.id):
            today = school_now(municipality).date()
            for school in schools_of_municipality():
                defer(
                    recount_weeks,
                    municipality_id=municipality.id,
                    school=school.id,
                    day=today.isoformat(),
                )
            defer(recount_city_weeks, municipality_id=municipality.id, day=today.isoformat())


@job(name="attendance.recount_weeks")
def recount_weeks(municipality_id: str, school: str, day: str) -> None:
    """Count one school's last two weeks and the day that begins."""
    last = date.fromisoformat(day)
    recount_school_days(UUID(school), last - NIGHTLY, last)
    publish(DAY_COUNTED, school=UUID(school), date=last)


@job(name="attendance.recount_city_weeks")
def recount_city_weeks(municipality_id: str, day: str) -> None:
    """Count the city's last two weeks by reason."""
    last = date.fromisoformat(day)
    for one in days_of(last - NIGHTLY, last):
        recount_city_day(one)
