"""The nouns of attendance: what is said about a day, and what was decided."""

from manabiya.apps.attendance.models.by_period import PeriodMark, PeriodRoll
from manabiya.apps.attendance.models.counts import CityAbsenceCount, SchoolDayCount
from manabiya.apps.attendance.models.days import AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.models.decisions import (
    DecisionDelegation,
    ExcusedPeriod,
    ExcusedPeriodChange,
)
from manabiya.apps.attendance.models.facility_days import FacilityDay
from manabiya.apps.attendance.models.pickups import Pickup
from manabiya.apps.attendance.models.reports import AbsenceReport
from manabiya.apps.attendance.models.settings import DelegationPermit, MorningSettings

__all__ = [
    "AbsenceReport",
    "AttendanceMark",
    "CityAbsenceCount",
    "ClassDay",
    "DecisionDelegation",
    "DelegationPermit",
    "ExcusedPeriod",
    "ExcusedPeriodChange",
    "FacilityDay",
    "MarkChange",
    "MorningSettings",
    "PeriodMark",
    "PeriodRoll",
    "Pickup",
    "SchoolDayCount",
]
