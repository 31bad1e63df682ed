"""Attendance: the quantities of the register 「出席簿」 and of 「指導要録」 出欠の記録.

For a child and a period::

    J 授業日数                  days lessons were given to the child's grade while it belonged here
    S 出席停止・忌引等の日数     days of J on which the child need not come (causes S1 to S7)
    M 出席しなければならない日数  J - S
    A 欠席日数                  days of M the child did not come (病気欠 + 事故欠)
    U 未確認                    school days nobody confirmed yet (a closed month has none)
    P 出席日数                  M - A - U

学校教育法施行規則24条・25条 (1947-05-23); 文部科学省通知 30文科初第1845号 (2019-03-29). Months add up
to terms and years by plain addition. 遅刻 and 早退 count as attendance and are counted apart.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from manabiya.law.attendance_causes import CAUSES, cause_label, printed_cause
from manabiya.law.attendance_day import SUSPENSION_CAUSES, Day, DayStatus, counts_as_attended
from manabiya.law.attendance_summary import CAUSE_KEYS, NUMBER_LABELS, AttendanceSummary
from manabiya.law.closures import Closure, ClosureRules, closure_effect
from manabiya.law.periods import PeriodDay, day_from_periods
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import GUIDANCE_RECORD_NOTICE, PRODUCT, SCHOOL_EDUCATION_RULES

__all__ = [
    "CAUSES",
    "CAUSE_KEYS",
    "SUSPENSION_CAUSES",
    "AttendanceSummary",
    "Closure",
    "ClosureRules",
    "Day",
    "DayStatus",
    "PeriodDay",
    "add",
    "cause_label",
    "closure_effect",
    "counts_as_attended",
    "day_from_periods",
    "printed_cause",
    "summarize",
    "total",
]


STATUS_WORDS = tuple(status.value for status in DayStatus)


def _week(*days: tuple[DayStatus, str | None] | DayStatus) -> tuple[Day, ...]:
    first = date(2026, 4, 13)
    pairs = [day if isinstance(day, tuple) else (day, None) for day in days]
    return tuple(Day(first + timedelta(n), *pair) for n, pair in enumerate(pairs))


@rule(
    Rule(
        term="出欠の記録",
        also=("授業日数", "出席しなければならない日数", "欠席日数", "出席日数", "未確認"),
        summary="授業日数から出席停止・忌引等の日数を引くと出席しなければならない日数、そこから欠席日数と"
        "未確認の日数を引くと出席日数です。未確認の授業日は出席にも欠席にも数えず、残っている月は"
        "締められません。在籍していない日はどこにも数えません。",
        sources=(
            SCHOOL_EDUCATION_RULES.article("24条・25条"),
            GUIDANCE_RECORD_NOTICE.article(),
            PRODUCT.article("未確認を別に数える", confidence=Confidence.LOW),
        ),
        words={"days": "日々の記録"},
        examples=(
            example(
                AttendanceSummary(
                    school_day_count=5,
                    excused_days=2,
                    required_days=3,
                    absent_days=1,
                    attended_days=2,
                    deemed_days=1,
                    by_cause={"S1": 1, "S5": 1, "absent_sick": 1},
                ),
                days=_week(
                    DayStatus.PRESENT,
                    DayStatus.ABSENT_SICK,
                    (DayStatus.ATTENDANCE_SUSPENSION, "S1"),
                    DayStatus.BEREAVEMENT,
                    DayStatus.DEEMED_PRESENT,
                ),
            ),
            example(
                AttendanceSummary(school_day_count=1, required_days=1, unconfirmed_days=1),
                days=_week(DayStatus.UNCONFIRMED, DayStatus.NOT_ENROLLED),
            ),
            example(
                Refused("二度"),
                days=_week(DayStatus.PRESENT) + _week(DayStatus.ABSENT_SICK),
            ),
        ),
    )
)
def summarize(days: Iterable[Day]) -> AttendanceSummary:
    """Count the days of one child; a date twice raises ValueError, 在籍外 counts nowhere.

    The order of the days does not matter. 施行規則24条・25条, 30文科初第1845号 (2019-03-29) 「出欠の記録」.
    """
    days = days if isinstance(days, list | tuple) else list(days)
    _refuse_twice(days)
    present, unusual = DayStatus.PRESENT, []
    late = early = 0
    for day in days:
        if day.status is not present:
            unusual.append(day)
        elif day.late or day.left_early:
            late += day.late
            early += day.left_early
    return _counted(len(days), unusual, late, early)


def _refuse_twice(days: list[Day] | tuple[Day, ...]) -> None:
    if len({day.date for day in days}) == len(days):
        return
    dates = sorted(day.date for day in days)
    twice = next(a for a, b in pairwise(dates) if a == b)
    raise ValueError(f"{twice.isoformat()} が二度あります")


@lru_cache(maxsize=512)
def _all_there(days: int) -> AttendanceSummary:
    """Return the sums of a child who was there every day, made once for each number of days."""
    return AttendanceSummary(school_day_count=days, required_days=days, attended_days=days)


def _counted(days: int, unusual: list[Day], late: int, early: int) -> AttendanceSummary:
    if not (unusual or late or early):
        return _all_there(days)
    causes = dict.fromkeys(CAUSE_KEYS, 0)
    by_status: dict[str, int] = dict.fromkeys(STATUS_WORDS, 0)
    for day in unusual:
        word = day.status._value_
        by_status[word] += 1
        key = day.cause or word
        if key in causes:
            causes[key] += 1
    school = days - by_status["not_enrolled"]
    excused = by_status["attendance_suspension"] + by_status["bereavement"]
    absent = by_status["absent_sick"] + by_status["absent_other"]
    unconfirmed = by_status["unconfirmed"]
    return AttendanceSummary(
        school_day_count=school,
        excused_days=excused,
        required_days=school - excused,
        absent_days=absent,
        attended_days=school - excused - absent - unconfirmed,
        late_count=late,
        left_early_count=early,
        deemed_days=by_status["deemed_present"],
        unconfirmed_days=unconfirmed,
        by_cause=causes,
    )


def add(a: AttendanceSummary, b: AttendanceSummary) -> AttendanceSummary:
    """Add two periods of one child: months to terms, terms to the year 「月計・学期計・年計」."""
    numbers = {name: getattr(a, name) + getattr(b, name) for name in NUMBER_LABELS}
    causes = {key: a.by_cause[key] + b.by_cause[key] for key in CAUSE_KEYS}
    return AttendanceSummary(**numbers, by_cause=causes)


def total(parts: Iterable[AttendanceSummary]) -> AttendanceSummary:
    """Add the sums of many children or periods; the same as :func:`add` one after another."""
    found = list(parts)
    numbers = {name: sum([getattr(one, name) for one in found]) for name in NUMBER_LABELS}
    causes = {key: sum([one.by_cause[key] for one in found]) for key in CAUSE_KEYS}
    return AttendanceSummary(**numbers, by_cause=causes)
