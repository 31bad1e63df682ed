"""The hours of a school's morning: when every class should be confirmed.

The one place where the staff room asks how the day starts; a delayed start moves all of it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from manabiya.apps.attendance import queries as attendance


@dataclass(frozen=True, slots=True)
class Morning:
    """The hours of one school on one day."""

    day: date
    confirm_by: time
    escalate_after: timedelta
    lunch_by: time

    def is_due(self, now: datetime) -> bool:
        """Return whether the time set has come."""
        return now.time() >= self.confirm_by


def morning_of(school_id: UUID, day: date) -> Morning:
    """Return the hours of a school on ``day`` (one query, and what :func:`delay_of` asks)."""
    settings = attendance.morning_settings(school_id, day)
    delay = delay_of(school_id, day)
    return Morning(
        day=day,
        confirm_by=later(settings.confirm_by, delay),
        escalate_after=timedelta(minutes=settings.escalate_after_minutes),
        lunch_by=later(settings.lunch_by, delay),
    )


def delay_of(school_id: UUID, day: date) -> timedelta:
    """Return by how much the school starts later on ``day`` (始業の繰下げ)."""
    return timedelta()


def later(moment: time, delay: timedelta) -> time:
    """Return ``moment`` moved on by ``delay``, at the latest 23:59."""
    moved = datetime.combine(date.min, moment) + delay
    return moved.time() if moved.date() == date.min else time(23, 59)
