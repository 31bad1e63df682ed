"""Writes of attendance."""

from manabiya.apps.attendance.services.by_period import PeriodClash, Taken, mark_periods
from manabiya.apps.attendance.services.class_days import Confirmed, DayClash, confirm_day
from manabiya.apps.attendance.services.corrections import MarkCorrection, correct_marks
from manabiya.apps.attendance.services.deciding import (
    decide_period,
    decline_period,
    move_period,
    revoke_period,
    set_delegation,
)
from manabiya.apps.attendance.services.decisions import (
    note_relief,
    propose_period,
    withdraw_period,
)
from manabiya.apps.attendance.services.facility_days import note_facility_days
from manabiya.apps.attendance.services.going_home import send_home
from manabiya.apps.attendance.services.pickups import record_callback, release_child
from manabiya.apps.attendance.services.refusals import AlreadyReported, AttendanceRefused
from manabiya.apps.attendance.services.report_changes import cancel_report, change_report
from manabiya.apps.attendance.services.reports import submit_report, submit_reports
from manabiya.apps.attendance.services.settings import drop_morning, follow_city, set_morning
from manabiya.apps.attendance.services.words import PickupWord, Word

__all__ = [
    "AlreadyReported",
    "AttendanceRefused",
    "Confirmed",
    "DayClash",
    "MarkCorrection",
    "PeriodClash",
    "PickupWord",
    "Taken",
    "Word",
    "cancel_report",
    "change_report",
    "confirm_day",
    "correct_marks",
    "decide_period",
    "decline_period",
    "drop_morning",
    "follow_city",
    "mark_periods",
    "move_period",
    "note_facility_days",
    "note_relief",
    "propose_period",
    "record_callback",
    "release_child",
    "revoke_period",
    "send_home",
    "set_delegation",
    "set_morning",
    "submit_report",
    "submit_reports",
    "withdraw_period",
]
