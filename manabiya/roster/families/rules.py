"""Decisions about families on plain values: hours of calling, dates of a change, who is an adult."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from manabiya.law.school_year import age_on

SELF = "本人"
FULL_AGE = 18
"""成年 (民法4条): from this age a student of an evening class may report for himself."""
DAY = timedelta(days=1)


def is_adult(birth_date: date, day: date) -> bool:
    """Return whether somebody is of full age on ``day``."""
    return age_on(birth_date, day) >= FULL_AGE


def may_call_at(moment: time, call_from: time | None, call_until: time | None) -> bool:
    """Return whether ``moment`` lies within the hours; open at the side that is None.

    Hours that end before they begin run over midnight (22:00 to 6:00, somebody on night shift).
    """
    start, end = call_from or time.min, call_until or time.max
    if start <= end:
        return start <= moment <= end
    return moment >= start or moment <= end


def numbers_to_call(
    mobile: str, home: str, work: str, *, never_at_work: bool
) -> tuple[tuple[str, str], ...]:
    """Return the numbers there are, in the order in which to try them, each with what it is."""
    known = [("携帯", mobile), ("自宅", home), ("勤め先", "" if never_at_work else work)]
    return tuple((label, number) for label, number in known if number)


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names as written are the same, spaces left aside."""
    return _bare(one) == _bare(other) != ""


def _bare(name: str) -> str:
    return "".join(name.split())


def latest(days: Iterable[date]) -> date | None:
    """Return the latest of some days, None when there is none."""
    return max(days, default=None)
