"""The work of the night: the morning backup of every school, a job each."""

from datetime import date
from uuid import UUID

from manabiya.apps.morning.services.backups import make_backup
from manabiya.apps.morning.services.refusals import MorningRefused
from manabiya.kernel.clock import real_now, school_now
from manabiya.kernel.jobs import defer, job, periodic
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster.queries import schools_of_municipality


@periodic("10 18 * * *", name="morning.backups")
def make_backups() -> None:
    """Order the backups at 3:10 of the schools' night (the schedule runs by UTC)."""
    for municipality in Municipality.objects.all():
        with tenant(municipality.id):
            day = school_now(municipality).date()
            for school in schools_of_municipality():
                defer(
                    one_backup,
                    municipality_id=municipality.id,
                    school=school.id,
                    day=day.isoformat(),
                )


@job(name="morning.backup")
def one_backup(municipality_id: str, school: str, day: str) -> None:
    """Make the backup of one school; in a vacation there is none to make."""
    try:
        make_backup(
            actor=None, school_id=UUID(school), today=date.fromisoformat(day), made_at=real_now()
        )
    except MorningRefused:
        return
