"""Writes of enrolling: moves between schools, changes of class, the end of a year."""

from manabiya.roster.enrolling.services.accepting import accept_transfer
from manabiya.roster.enrolling.services.admitting import NewStudent, Origin, admit_student
from manabiya.roster.enrolling.services.classes import change_class
from manabiya.roster.enrolling.services.closing import close_school_year
from manabiya.roster.enrolling.services.departing import (
    Destination,
    cancel_departure,
    record_departure,
)
from manabiya.roster.enrolling.services.leaving import cancel_transfer, transfer_student
from manabiya.roster.enrolling.services.refusals import EnrollingRefused

__all__ = [
    "Destination",
    "EnrollingRefused",
    "NewStudent",
    "Origin",
    "accept_transfer",
    "admit_student",
    "cancel_departure",
    "cancel_transfer",
    "change_class",
    "close_school_year",
    "record_departure",
    "transfer_student",
]
