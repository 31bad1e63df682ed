"""Counts of children and their sums, for the boards of other rooms."""

from manabiya.apps.attendance.rules import Counts, total

__all__ = ["Counts", "total"]
