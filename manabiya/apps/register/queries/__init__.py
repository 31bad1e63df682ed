"""Reads of the register."""

from manabiya.apps.register.queries.live import LiveMonth, Obstacle, live_month
from manabiya.apps.register.queries.settings import register_settings
from manabiya.apps.register.queries.stored import (
    MonthSteps,
    document_of,
    newest_versions,
    open_request,
    sealed,
    steps_of,
    versions_of,
)

__all__ = [
    "LiveMonth",
    "MonthSteps",
    "Obstacle",
    "document_of",
    "live_month",
    "newest_versions",
    "open_request",
    "register_settings",
    "sealed",
    "steps_of",
    "versions_of",
]
