"""Reads of the staff room; what the viewer may not see does not exist."""

from manabiya.apps.morning.queries.backup import BackupPage, backup_file, backup_page
from manabiya.apps.morning.queries.board import Board, ClassLine, board_of_today
from manabiya.apps.morning.queries.cases import CaseLine, Cases, SettledLine, cases_of_today
from manabiya.apps.morning.queries.long_absence import AlertLine, LongAbsence, long_absence_of
from manabiya.apps.morning.queries.lunch import LunchLine, LunchSheet, lunch_sheet
from manabiya.apps.morning.queries.phone import PhoneLine, PhonePage, phone_lines, phone_page
from manabiya.apps.morning.queries.staff_room import StaffRoom, UnconfirmedClass, staff_room

__all__ = [
    "AlertLine",
    "BackupPage",
    "Board",
    "CaseLine",
    "Cases",
    "ClassLine",
    "LongAbsence",
    "LunchLine",
    "LunchSheet",
    "PhoneLine",
    "PhonePage",
    "SettledLine",
    "StaffRoom",
    "UnconfirmedClass",
    "backup_file",
    "backup_page",
    "board_of_today",
    "cases_of_today",
    "long_absence_of",
    "lunch_sheet",
    "phone_lines",
    "phone_page",
    "staff_room",
]
