"""Events of attendance; keys are ids and dates."""

CLASS_DAY_CHANGED = "attendance.class_day_changed"
"""A class was confirmed, or a mark changed afterwards: ``school``, ``date``."""

DAY_COUNTED = "attendance.day_counted"
"""The counts of a school's day were made anew, after anything of it changed: ``school``, ``date``.

Told by the worker: who needs no answer within the minute listens here, and costs a teacher's
confirmation nothing.
"""

REPORT_RECEIVED = "attendance.report_received"
"""A report was submitted, changed or cancelled: ``report``, ``school``, ``date``."""
