"""The nouns of the staff room in the morning."""

from manabiya.apps.morning.models.absences import AbsenceDismissal
from manabiya.apps.morning.models.backups import MorningBackup
from manabiya.apps.morning.models.cases import ArrivalCase, CallEntry

__all__ = ["AbsenceDismissal", "ArrivalCase", "CallEntry", "MorningBackup"]
