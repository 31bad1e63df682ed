"""The nouns of the staff room in the morning."""

from manabiya.apps.morning.models.absences import AbsenceDismissal, AbsenceSettings
from manabiya.apps.morning.models.backups import MorningBackup
from manabiya.apps.morning.models.cases import ArrivalCase, CallEntry

__all__ = ["AbsenceDismissal", "AbsenceSettings", "ArrivalCase", "CallEntry", "MorningBackup"]
