"""Events of attendance; keys are ids and dates."""

CLASS_DAY_CHANGED = "attendance.class_day_changed"
"""A class was confirmed, or a mark changed afterwards: ``school``, ``date``."""

REPORT_RECEIVED = "attendance.report_received"
"""A report was submitted, changed or cancelled: ``report``, ``school``, ``date``."""
