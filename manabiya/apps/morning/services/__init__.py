"""Writes of the staff room."""

from manabiya.apps.morning.services.absences import dismiss_alert
from manabiya.apps.morning.services.backups import make_backup
from manabiya.apps.morning.services.cases import end_case, log_call, take_case, tell_managers
from manabiya.apps.morning.services.refusals import MorningRefused

__all__ = [
    "MorningRefused",
    "dismiss_alert",
    "end_case",
    "log_call",
    "make_backup",
    "take_case",
    "tell_managers",
]
