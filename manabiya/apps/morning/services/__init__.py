"""Writes of the staff room."""

from manabiya.apps.morning.services.absence_settings import (
    drop_absence_settings,
    set_absence_settings,
)
from manabiya.apps.morning.services.absences import dismiss_alert
from manabiya.apps.morning.services.backups import make_backup
from manabiya.apps.morning.services.cases import end_case, log_call, take_case, tell_managers
from manabiya.apps.morning.services.refusals import MorningRefused

__all__ = [
    "MorningRefused",
    "dismiss_alert",
    "drop_absence_settings",
    "end_case",
    "log_call",
    "make_backup",
    "set_absence_settings",
    "take_case",
    "tell_managers",
]
