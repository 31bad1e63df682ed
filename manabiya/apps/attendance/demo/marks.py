"""What can happen to a child's day, as the columns of a mark."""

from dataclasses import dataclass
from datetime import date, time

Marks = dict[tuple[str, date], "Happening"]
"""(student, day) → what happened."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A value of a child's day with its reason; ``at``: when the child came or left."""

    status: str
    reason: str = ""
    cause: str = ""
    late: bool = False
    left_early: bool = False
    arrived_time: time | None = None
    left_time: time | None = None


def sick(reason: str) -> Happening:
    """Return 病欠."""
    return Happening("absent_sick", reason)


def off(reason: str) -> Happening:
    """Return 事故欠."""
    return Happening("absent_other", reason)


def late(reason: str, hour: int, minute: int) -> Happening:
    """Return 遅刻."""
    return Happening("present", reason, late=True, arrived_time=time(hour, minute))


def left_early(reason: str, hour: int, minute: int) -> Happening:
    """Return 早退."""
    return Happening("present", reason, left_early=True, left_time=time(hour, minute))


INFECTED = Happening("attendance_suspension", "infection", "S1")
BEREAVED = Happening("bereavement", "bereavement", "S5")
DEEMED_PRESENT = Happening("deemed_present")
