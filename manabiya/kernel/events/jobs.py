"""The job of the events room: deliver one event to one subscriber."""

from manabiya.kernel.events.publish import deliver

__all__ = ["deliver"]
