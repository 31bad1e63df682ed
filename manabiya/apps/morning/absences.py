"""Which days of a child somebody is told about: three in a row, seven unseen, thirty in the year.

Plain values: the rules are ``law.absence_alerts`` and ``law.attendance_figures``; here only which
days stand behind each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from manabiya.law.absence_alerts import ABSENT, UNJUDGED, alerts
from manabiya.law.attendance import summarize
from manabiya.law.attendance_day import Day, counts_as_attended
from manabiya.law.attendance_figures import long_absence


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody is told about one child: ``count`` days, and the days behind them in order."""

    kind: str
    count: int
    days: tuple[Day, ...]

    @property
    def since(self) -> date:
        """Return the first day behind the alert."""
        return self.days[0].date


def alerts_of(days: Sequence[Day]) -> tuple[Alert, ...]:
    """Return the alerts of a child's school days of one year (at most one of a kind)."""
    judged = sorted((d for d in days if d.status not in UNJUDGED), key=lambda d: d.date)
    told, run = alerts(judged), _run(judged)
    found = []
    if told.tells_absence:
        absent = tuple(day for day in run if day.status in ABSENT)
        found.append(Alert("absent", told.absent_in_a_row, absent))
    if told.tells_unseen:
        found.append(Alert("unseen", told.unseen_in_a_row, run))
    year = long_absence(summarize(judged))
    if year.is_long:
        away = tuple(day for day in judged if not counts_as_attended(day.status))
        found.append(Alert("long", year.absent_days + year.excused_days, away))
    return tuple(found)


def _run(judged: Sequence[Day]) -> tuple[Day, ...]:
    """Return the last days in a row on which the child was not at school, in order."""
    away = takewhile(lambda day: not counts_as_attended(day.status), reversed(judged))
    return tuple(away)[::-1]
