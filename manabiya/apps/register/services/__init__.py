"""Writes of the register."""

from manabiya.apps.register.services.closing import check_month, close_month, confirm_month
from manabiya.apps.register.services.confirming import (
    ConfirmedMonths,
    SeenMonth,
    confirm_months,
)
from manabiya.apps.register.services.correcting import (
    CODES,
    approve_correction,
    ask_correction,
    decline_correction,
)
from manabiya.apps.register.services.refusals import AlreadyDone, MonthNotReady, RegisterRefused
from manabiya.apps.register.services.settings import drop_register_settings, set_register

__all__ = [
    "CODES",
    "AlreadyDone",
    "ConfirmedMonths",
    "MonthNotReady",
    "RegisterRefused",
    "SeenMonth",
    "approve_correction",
    "ask_correction",
    "check_month",
    "close_month",
    "confirm_month",
    "confirm_months",
    "decline_correction",
    "drop_register_settings",
    "set_register",
]
