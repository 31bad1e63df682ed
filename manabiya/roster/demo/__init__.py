"""The roster's chapter of the demo: invented schools, people and calendar, same for a date."""

from manabiya.roster.demo.chapter import tell

__all__ = ["tell"]
