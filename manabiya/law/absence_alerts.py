"""Alerts 「知らせ」: school days in a row on which a child was absent, or not seen at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from manabiya.law.attendance_day import Day, DayStatus, counts_as_attended
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import PRODUCT, SCHOOL_EDUCATION_ORDER

ABSENT = frozenset({DayStatus.ABSENT_SICK, DayStatus.ABSENT_OTHER})
UNJUDGED = frozenset({DayStatus.NOT_ENROLLED, DayStatus.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class AlertRules:
    """From how many school days in a row somebody is told, valid from a date (confidence M).

    ``sees_deemed_days``: a day 「出席扱い」 was seen, at a facility or by the school's ICT; a board
    may count such days as not seen (confidence L).
    """

    valid_from: date = date(2026, 4, 1)
    absent_days: int = 3
    unseen_days: int = 7
    sees_deemed_days: bool = True


DEFAULT_RULES = AlertRules()


@dataclass(frozen=True, slots=True)
class Alerts:
    """The last school days in a row absent and not seen, and which of them somebody is told."""

    absent_in_a_row: int
    unseen_in_a_row: int
    tells_absence: bool
    tells_unseen: bool

    def __str__(self) -> str:
        absent = f"連続欠席 {self.absent_in_a_row}日{'(知らせる)' * self.tells_absence}"
        return f"{absent}、不在 {self.unseen_in_a_row}日{'(知らせる)' * self.tells_unseen}"


def _days(*statuses: DayStatus) -> tuple[Day, ...]:
    suspended = DayStatus.ATTENDANCE_SUSPENSION
    return tuple(
        Day(date(2026, 6, n), status, "S4" if status is suspended else None)
        for n, status in enumerate(statuses, 1)
    )


@rule(
    Rule(
        term="連続欠席",
        also=("7日間の不在", "施行令20条の通知"),
        summary="連続欠席は直近まで続く欠席の授業日数で、出席停止・忌引等の日は数えず、続きも途切れさせません。"
        "不在は、事由を問わず学校に来ていない授業日が続く日数です。連続欠席は3日、不在は7日で知らせます。"
        "休業日を除き7日間続けて出席せず正当な事由がないときは、校長が教育委員会へ通知します。",
        sources=(
            SCHOOL_EDUCATION_ORDER.article("20条", confidence=Confidence.MEDIUM),
            PRODUCT.article("3日と7日の知らせ", confidence=Confidence.MEDIUM),
            PRODUCT.article("出席扱いの日は不在としない", confidence=Confidence.LOW),
        ),
        words={"days": "日々の記録", "rules": "設定"},
        examples=(
            example(
                Alerts(3, 4, True, False),
                days=_days(
                    DayStatus.PRESENT,
                    DayStatus.ABSENT_SICK,
                    DayStatus.ATTENDANCE_SUSPENSION,
                    DayStatus.ABSENT_SICK,
                    DayStatus.ABSENT_OTHER,
                ),
            ),
            example(Alerts(0, 7, False, True), days=_days(*[DayStatus.ATTENDANCE_SUSPENSION] * 7)),
            example(
                Alerts(0, 0, False, False),
                days=_days(DayStatus.ABSENT_OTHER, DayStatus.DEEMED_PRESENT),
            ),
        ),
    )
)
def alerts(days: Iterable[Day], *, rules: AlertRules = DEFAULT_RULES) -> Alerts:
    """Return what the last days call for: 3 absences in a row, 7 school days not seen.

    学校教育法施行令20条 (1953-10-31, confidence M): days off never count. Days not enrolled or not
    confirmed are passed over; the order of the days does not matter.
    """
    judged = [day for day in days if day.status not in UNJUDGED]
    latest_first = [day.status for day in sorted(judged, key=lambda d: d.date, reverse=True)]
    absent = _absent(latest_first)
    unseen = _unseen(latest_first, rules)
    return Alerts(absent, unseen, absent >= rules.absent_days, unseen >= rules.unseen_days)


def _absent(latest_first: list[DayStatus]) -> int:
    run = takewhile(lambda status: not counts_as_attended(status), latest_first)
    return sum(status in ABSENT for status in run)


def _unseen(latest_first: list[DayStatus], rules: AlertRules) -> int:
    seen = {DayStatus.PRESENT} | ({DayStatus.DEEMED_PRESENT} if rules.sees_deemed_days else set())
    return sum(1 for _ in takewhile(lambda status: status not in seen, latest_first))
