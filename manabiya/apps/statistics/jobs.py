"""Keeps the board's numbers: some minutes after something of a school changed, its year is recounted."""

from datetime import date
from uuid import UUID

from manabiya.apps.statistics.counts import recount_school
from manabiya.kernel.clock import school_now
from manabiya.kernel.jobs import defer_once, job
from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.models import Municipality
from manabiya.law.school_year import school_year_of

MINUTES = 5
"""A morning's confirmations of a school are counted together."""


@job(name="statistics.recount", queue="statistics")
def recount(municipality_id: str, school: str, year: str) -> None:
    """Recount a school's year; order and repetition don't matter."""
    now = school_now(Municipality.objects.get(pk=municipality_id))
    recount_school(UUID(school), int(year), now.date())


def recount_soon(keys: dict[str, str]) -> None:
    """Handle an event of a ``school`` and a ``date``: its year is to be counted anew."""
    school, year = keys["school"], str(school_year_of(date.fromisoformat(keys["date"])))
    defer_once(
        recount,
        municipality_id=scope.current(),
        key=f"statistics:{school}:{year}",
        minutes=MINUTES,
        school=school,
        year=year,
    )
