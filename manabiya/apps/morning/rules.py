"""Decisions of the staff room on plain values; no Django, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum


class Watch(Enum):
    """How urgent a 未着 is: still before the time set, to be called, or a matter of managers."""

    EARLY = "early"
    CALL = "call"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Ending:
    """A way a 未着 ends: ``end`` of the case, the code of the child's mark, whether to say how."""

    end: str
    code: str
    label: str
    needs_how: bool = True


ENDINGS: Mapping[str, Ending] = {
    "late": Ending("late", "late", "遅れて登校した(遅刻)", needs_how=False),
    "in_time": Ending("in_time", "present", "始業までに登校した(出席)", needs_how=False),
    "sick": Ending("absent", "absent_sick", "欠席とわかった(病気・けが)"),
    "away": Ending("absent", "absent_other", "欠席とわかった(そのほか)"),
    "inside": Ending("found", "present", "校内にいた(出席)"),
    "came": Ending("found", "late", "校外で見つかり、登校した(遅刻)"),
    "home": Ending("found", "absent_other", "校外で見つかり、登校しない(事故欠)"),
}
"""Every way out of 未着. 出席停止 and 忌引 are decided later by the principal, never here."""


def counts_from(*, day: date, due: time, since: datetime) -> datetime:
    """Return from when the minutes of a 未着 run: the time set, or later, when it was noted."""
    return max(datetime.combine(day, due, since.tzinfo), since)


def watch(
    *,
    now: datetime,
    counts_from: datetime,
    escalate_after: timedelta,
    is_told: bool,
    manager_has_it: bool,
) -> Watch:
    """Return how urgent a 未着 is at ``now``.

    ``is_told``: somebody brought it to the managers, or a guardian says the child left home: that
    cannot wait. A case a manager looks after needs no telling by time any more.
    """
    if is_told:
        return Watch.ESCALATED
    if now < counts_from:
        return Watch.EARLY
    if now >= counts_from + escalate_after and not manager_has_it:
        return Watch.ESCALATED
    return Watch.CALL


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names as written are the same, spaces left aside."""
    return "".join(one.split()) == "".join(other.split()) != ""
