"""Events of changed school days; keys are ids and dates."""

DAY_CHANGED = "roster.day_changed"
"""A change of a day was decided or withdrawn: ``school``, ``date`` (a day that has begun)."""
