"""Reads of enrolling: moves that wait, classes to choose from, what closing a year will do."""

from manabiya.roster.enrolling.queries.outside import (
    OutsideLine,
    outside_lines,
    standing_departures,
)
from manabiya.roster.enrolling.queries.transfers import (
    ClassChoice,
    TransferLine,
    class_choices,
    open_transfers,
    transfer_lines,
    waiting_count,
)
from manabiya.roster.enrolling.queries.year_end import (
    ClosingPlan,
    NewYear,
    WaitingChild,
    closing_plan,
    enrollments_to_close,
    new_year,
    waiting_children,
    waiting_enrollments,
)

__all__ = [
    "ClassChoice",
    "ClosingPlan",
    "NewYear",
    "OutsideLine",
    "TransferLine",
    "WaitingChild",
    "class_choices",
    "closing_plan",
    "enrollments_to_close",
    "new_year",
    "open_transfers",
    "outside_lines",
    "standing_departures",
    "transfer_lines",
    "waiting_children",
    "waiting_count",
    "waiting_enrollments",
]
