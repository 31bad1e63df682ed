"""Two clocks: the real one and the school's.

Logins, expiry, audit and jobs use real time. Everything about the school uses the school's
local date and time, which services receive as arguments. In a demo municipality the school's
clock is the real one moved by ``Municipality.clock_offset_seconds``, so it runs.
"""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import timezone

from manabiya.kernel.tenancy.models import Municipality

SCHOOL_ZONE = ZoneInfo("Asia/Tokyo")
MORNING, ROLL_CALL = time(7, 50), time(8, 41)
"""The demo's clock starts in the morning; at roll call every class should be confirmed."""


class Step(StrEnum):
    """Where the clock of a demo can be moved on to."""

    ROLL_CALL = "roll-call"
    NEXT_SCHOOL_DAY = "next-school-day"


def next_step(now: datetime) -> Step:
    """Return the next place of the demo's day: roll call, after it the next 授業日 in the morning."""
    return Step.ROLL_CALL if now.time() < ROLL_CALL else Step.NEXT_SCHOOL_DAY


def real_now() -> datetime:
    """Return the real time, aware, UTC."""
    return timezone.now()


def school_now(municipality: Municipality, now: datetime | None = None) -> datetime:
    """Return the school's local date and time (at the real time ``now``), aware, Asia/Tokyo."""
    offset = municipality.clock_offset_seconds if municipality.is_demo else 0
    return ((now or timezone.now()) + timedelta(seconds=offset)).astimezone(SCHOOL_ZONE)
