"""What a report says, as its services take it."""

from dataclasses import dataclass, replace
from datetime import time

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AbsenceReport


@dataclass(frozen=True, slots=True)
class PickupWord:
    """Who comes for a child that leaves early: ``who`` is one of :data:`rules.PICKUPS`."""

    who: str = rules.ME
    name: str = ""
    relationship: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What a report says: kind, reason, time expected (of arrival or leaving) and a note.

    ``disease``: a key of ``law.exclusion.DISEASES``, empty while nobody knows; ``temperature``: a
    value of ``AbsenceReport.Temperature``; ``pickup``: only of a child that leaves early.
    """

    kind: str
    reason: str
    expected_time: time | None = None
    note: str = ""
    disease: str = ""
    temperature: str = ""
    pickup: PickupWord | None = None

    def says_what(self, report: AbsenceReport) -> bool:
        """Return whether a stored report says the same (who comes for the child apart)."""
        return replace(self, pickup=None) == word_of(report)

    def write_to(self, report: AbsenceReport) -> None:
        """Put the words into a report."""
        for name in FIELDS:
            setattr(report, name, getattr(self, name))


FIELDS = ("kind", "reason", "expected_time", "note", "disease", "temperature")


def word_of(report: AbsenceReport) -> Word:
    """Return what a stored report says."""
    return Word(**{name: getattr(report, name) for name in FIELDS})
