"""Expected refusals of attendance; the message is shown as it is."""

from manabiya.apps.attendance.models import AbsenceReport


class AttendanceRefused(Exception):
    """The deed can't be done now; the message says why and what to do."""


class AlreadyReported(AttendanceRefused):
    """The guardian has an open report of the same matter; it can be changed instead."""

    def __init__(self, message: str, report: AbsenceReport) -> None:
        super().__init__(message)
        self.report = report
