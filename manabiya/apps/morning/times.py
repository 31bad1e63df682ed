"""The hours of a school's morning: when every class should be confirmed.

The one place where the staff room asks how the day starts; a delayed start moves all of it: for the
whole school, for one grade, for one class.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from manabiya.apps.attendance import queries as attendance
from manabiya.roster.calendar.rules import Change, delay_of, later
from manabiya.roster.models import School
from manabiya.roster.queries import changes_of_day

WHOLE_SCHOOL = 0


@dataclass(frozen=True, slots=True)
class Morning:
    """The hours of one school on one day, as they hold for the whole school.

    ``changes``: what was decided about the day; ``usual_confirm_by``: the time set of a day that
    starts as always; ``usual_start``: when such a day begins, known where somebody starts later.
    """

    day: date
    confirm_by: time
    escalate_after: timedelta
    lunch_by: time
    usual_confirm_by: time
    changes: tuple[Change, ...] = ()
    usual_start: time | None = None

    def is_due(self, now: datetime) -> bool:
        """Return whether the time set has come."""
        return now.time() >= self.confirm_by

    def confirm_by_after(self, delay: timedelta) -> time:
        """Return the time set of a class that starts later by ``delay``."""
        return later(self.usual_confirm_by, delay)

    def confirm_by_of(self, grade_level: int, homeroom_id: UUID) -> time:
        """Return the time set of a child of that grade and class."""
        return later(self.usual_confirm_by, self._delay(grade_level, homeroom_id))

    def late_from(self, grade_level: int, homeroom_id: UUID) -> time | None:
        """Return the moved line of lateness of a child: who comes before it is in time.

        None where the day starts as always: then whoever enters the arrival judges it.
        """
        delay = self._delay(grade_level, homeroom_id)
        return later(self.usual_start, delay) if delay and self.usual_start else None

    def _delay(self, grade_level: int, homeroom_id: UUID) -> timedelta:
        mine = (c for c in self.changes if c.concerns(grade_level, homeroom_id))
        return delay_of(mine, self.day)


def morning_of(school_id: UUID, day: date) -> Morning:
    """Return the hours of a school on ``day`` (two queries, three where somebody starts later)."""
    settings = attendance.morning_settings(school_id, day)
    changes = changes_of_day(school_id, day)
    whole = delay_of((c for c in changes if c.concerns(WHOLE_SCHOOL, None)), day)
    start = None
    if any(change.delay for change in changes):
        start = School.objects.values_list("starts_at", flat=True).get(pk=school_id)
    return Morning(
        day=day,
        confirm_by=later(settings.confirm_by, whole),
        escalate_after=timedelta(minutes=settings.escalate_after_minutes),
        lunch_by=later(settings.lunch_by, whole),
        usual_confirm_by=settings.confirm_by,
        changes=changes,
        usual_start=start,
    )
