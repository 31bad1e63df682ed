"""Events of the statistics; keys are ids and dates."""

LONG_ABSENCE_DECIDED = "statistics.long_absence_decided"
"""The school judged why a child was absent for long: ``school``, ``date``."""
