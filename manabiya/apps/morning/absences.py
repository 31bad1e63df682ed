"""Which days of a child somebody is told about: so many in a row, unseen, or in the year.

Plain values: the rules are ``law.absence_alerts`` and ``law.attendance_figures``; here only which
days stand behind each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from manabiya.law.absence_alerts import ABSENT, UNJUDGED, AlertRules, alerts
from manabiya.law.absence_alerts import DEFAULT_RULES as ALERT_RULES
from manabiya.law.attendance import summarize
from manabiya.law.attendance_day import Day, counts_as_attended
from manabiya.law.attendance_figures import DEFAULT_RULES as ABSENCE_RULES
from manabiya.law.attendance_figures import AbsenceRules, long_absence


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


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many days somebody is told; without a decision of the board, the law's own."""

    in_a_row: AlertRules = ALERT_RULES
    in_all: AbsenceRules = ABSENCE_RULES

    @property
    def fewest(self) -> int:
        """Return the fewest days away that can lead to an alert."""
        return min(
            self.in_a_row.absent_days, self.in_a_row.unseen_days, self.in_all.long_absence_days
        )


LAWS_OWN = Thresholds()


def alerts_of(days: Sequence[Day], thresholds: Thresholds = LAWS_OWN) -> tuple[Alert, ...]:
    """Return the alerts of a child's school days of one year (at most one of a kind)."""
    judged = sorted((d for d in days if d.status not in UNJUDGED), key=lambda d: d.date)
    told, run = alerts(judged, rules=thresholds.in_a_row), _run(judged)
    found = []
    if told.tells_absence:
        absent = tuple(day for day in run if day.status in ABSENT)
        found.append(Alert("absent", told.absent_in_a_row, absent))
    if told.tells_unseen:
        found.append(Alert("unseen", told.unseen_in_a_row, run))
    year = long_absence(summarize(judged), rules=thresholds.in_all)
    if year.is_long:
        away = tuple(day for day in judged if not counts_as_attended(day.status))
        found.append(Alert("long", year.absent_days + year.excused_days, away))
    return tuple(found)


def _run(judged: Sequence[Day]) -> tuple[Day, ...]:
    """Return the last days in a row on which the child was not at school, in order."""
    away = takewhile(lambda day: not counts_as_attended(day.status), reversed(judged))
    return tuple(away)[::-1]
