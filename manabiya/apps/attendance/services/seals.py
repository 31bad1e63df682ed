"""Ask before a day is changed: the register of a closed month changes by a correction only."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.registry import registry


def refuse_sealed(homeroom_ids: Iterable[UUID], day: date) -> None:
    """Raise :class:`AttendanceRefused` where the day of one of the classes is sealed.

    Hold the classes' rows first: whoever seals a month holds them too. One query a class.
    """
    for homeroom_id in homeroom_ids:
        words = registry.why_sealed(homeroom_id=homeroom_id, day=day)
        if words:
            raise AttendanceRefused(words)
