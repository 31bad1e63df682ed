"""Decide from how many days somebody is told of an absence, from a day on."""

from datetime import date, datetime
from uuid import UUID

from manabiya.apps.morning.models import AbsenceSettings
from manabiya.apps.morning.policies import ABSENCE_SETTINGS_CHANGE
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.roster.board_settings.keeping import keep, must_be_ahead, take_back


@service
def set_absence_settings(
    *,
    actor: Actor,
    valid_from: date,
    absent_days: int,
    unseen_days: int,
    long_absence_days: int,
    now: datetime,
) -> AbsenceSettings:
    """Decide the numbers of school days of the whole city, from today or a later day on.

    Raises ``Refused``, ``SettingsRefused`` (a day gone by, a number out of range).
    """
    ABSENCE_SETTINGS_CHANGE.require(actor)
    must_be_ahead(valid_from, now)
    values = {
        "absent_days": absent_days,
        "unseen_days": unseen_days,
        "long_absence_days": long_absence_days,
    }
    row = AbsenceSettings(valid_from=valid_from)
    return keep(actor, row, values, now, action="morning.absence-settings:set")


@service
def drop_absence_settings(*, actor: Actor, row_id: UUID, now: datetime) -> AbsenceSettings:
    """Take back what has not begun; raises ``Refused``, ``Http404``, ``SettingsRefused``."""
    ABSENCE_SETTINGS_CHANGE.require(actor)
    return take_back(
        actor, AbsenceSettings, row_id, now,
        policy=ABSENCE_SETTINGS_CHANGE, action="morning.absence-settings:drop",
    )  # fmt: skip
