"""Reads of the register."""

from manabiya.apps.register.queries.live import LiveMonth, Obstacle, live_month
from manabiya.apps.register.queries.pages import MonthPage, month_page, overview
from manabiya.apps.register.queries.settings import register_settings
from manabiya.apps.register.queries.stored import (
    MonthSteps,
    closed_months,
    document_of,
    newest_versions,
    open_request,
    sealed,
    steps_of,
    versions_of,
)
from manabiya.apps.register.queries.taking import may_check_class, may_confirm_on
from manabiya.apps.register.queries.waiting import (
    WaitingMonth,
    waiting_for_confirmation,
    waiting_for_confirmation_count,
)
from manabiya.apps.register.queries.year_page import YearPage, year_page
from manabiya.apps.register.queries.years import YearTotals, year_totals

__all__ = [
    "LiveMonth",
    "MonthPage",
    "MonthSteps",
    "Obstacle",
    "WaitingMonth",
    "YearPage",
    "YearTotals",
    "closed_months",
    "document_of",
    "live_month",
    "may_check_class",
    "may_confirm_on",
    "month_page",
    "newest_versions",
    "open_request",
    "overview",
    "register_settings",
    "sealed",
    "steps_of",
    "versions_of",
    "waiting_for_confirmation",
    "waiting_for_confirmation_count",
    "year_page",
    "year_totals",
]
