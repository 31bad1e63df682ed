"""Reads of attendance; what the viewer may not see does not exist."""

from manabiya.apps.attendance.queries.by_period import PeriodPage, PeriodRow, period_page
from manabiya.apps.attendance.queries.child_day import ChildDay, child_day, found_children
from manabiya.apps.attendance.queries.city import CityDay, SchoolLine, city_day
from manabiya.apps.attendance.queries.class_day import (
    ClassPage,
    ClassRow,
    MarksPage,
    class_page,
    marks_page,
)
from manabiya.apps.attendance.queries.days import days_of
from manabiya.apps.attendance.queries.decisions import (
    Decisions,
    ExcusedLine,
    decisions_of,
    delegations_of,
    is_delegated,
    may_decide,
    to_decide_count,
    waiting_count,
)
from manabiya.apps.attendance.queries.delegations import may_delegate
from manabiya.apps.attendance.queries.excused_page import ExcusedPage, excused_page
from manabiya.apps.attendance.queries.families import (
    ChildCard,
    ReportableChild,
    ReportLine,
    ReportPage,
    family_home,
    report_page,
    reportable_children,
    reports_of,
)
from manabiya.apps.attendance.queries.history import ChildHistory, child_history
from manabiya.apps.attendance.queries.homerooms import HomeroomLine, homeroom_lines
from manabiya.apps.attendance.queries.pickups import (
    PickupLine,
    PickupPage,
    pickup_lines,
    pickup_page,
)
from manabiya.apps.attendance.queries.register import Move, Register, RegisterRow
from manabiya.apps.attendance.queries.register_reading import (
    months_of_year,
    read_month,
    read_year,
    register_month,
)
from manabiya.apps.attendance.queries.settings import VALUES as SETTINGS_VALUES
from manabiya.apps.attendance.queries.settings import SettingsPage, morning_settings, settings_page
from manabiya.apps.attendance.queries.waiting import WaitingLine, waiting_lines

__all__ = [
    "SETTINGS_VALUES",
    "ChildCard",
    "ChildDay",
    "ChildHistory",
    "CityDay",
    "ClassPage",
    "ClassRow",
    "Decisions",
    "ExcusedLine",
    "ExcusedPage",
    "HomeroomLine",
    "MarksPage",
    "Move",
    "PeriodPage",
    "PeriodRow",
    "PickupLine",
    "PickupPage",
    "Register",
    "RegisterRow",
    "ReportLine",
    "ReportPage",
    "ReportableChild",
    "SchoolLine",
    "SettingsPage",
    "WaitingLine",
    "child_day",
    "child_history",
    "city_day",
    "class_page",
    "days_of",
    "decisions_of",
    "delegations_of",
    "excused_page",
    "family_home",
    "found_children",
    "homeroom_lines",
    "is_delegated",
    "marks_page",
    "may_decide",
    "may_delegate",
    "months_of_year",
    "morning_settings",
    "period_page",
    "pickup_lines",
    "pickup_page",
    "read_month",
    "read_year",
    "register_month",
    "report_page",
    "reportable_children",
    "reports_of",
    "settings_page",
    "to_decide_count",
    "waiting_count",
    "waiting_lines",
]
