"""Figures drawn from attendance: the rate 「出席率」 and long absence 「長期欠席」."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from manabiya.law.attendance import AttendanceSummary
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import PRODUCT


@dataclass(frozen=True, slots=True)
class AbsenceRules:
    """When absence is long, valid from a date; a board may change it (confidence M).

    ``long_absence_days``: A + S in a year, in school days, for the yearly survey.
    """

    valid_from: date = date(2026, 4, 1)
    long_absence_days: int = 30


DEFAULT_RULES = AbsenceRules()


@dataclass(frozen=True, slots=True)
class LongAbsence:
    """Both parts of the count in school days, since the survey's own definition has changed."""

    absent_days: int
    excused_days: int
    is_long: bool

    def __str__(self) -> str:
        word = "該当" if self.is_long else "非該当"
        return f"{word}(欠席 {self.absent_days}日、出席停止・忌引等 {self.excused_days}日)"


@rule(
    Rule(
        term="出席率",
        unit="%",
        summary="出席日数の合計を、出席しなければならない日数の合計で割り、百分率の小数第1位まで、四捨五入で"
        "示します。出席しなければならない日がなければ数値はなく、紙面では「―」とします。",
        sources=(PRODUCT.article("出席率の丸め", confidence=Confidence.LOW),),
        words={
            "attended_days": "出席日数の合計",
            "required_days": "出席しなければならない日数の合計",
        },
        examples=(
            example(Decimal("97.5"), attended_days=195, required_days=200),
            example(Decimal("66.7"), attended_days=2, required_days=3),
            example(None, attended_days=0, required_days=0),
        ),
    )
)
def attendance_rate(attended_days: int, required_days: int) -> Decimal | None:
    """Return 「出席率」 ΣP/ΣM in percent, one decimal, half up; None when ΣM = 0.

    Product default (2026-04-01, confidence L). Raises ValueError unless 0 ≤ ΣP ≤ ΣM.
    """
    if not 0 <= attended_days <= required_days:
        raise ValueError("出席日数は0以上、出席しなければならない日数以下です")
    if required_days == 0:
        return None
    share = Decimal(attended_days * 100) / Decimal(required_days)
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


@rule(
    Rule(
        term="長期欠席",
        summary="1年度の欠席日数と出席停止・忌引等の日数の合計が30日以上の児童生徒を、両方の日数を添えて"
        "示します。調査の定義は年により変わったため、日数は設定で変えられます。",
        sources=(
            PRODUCT.article("年度の長期欠席調査に合わせた30日", confidence=Confidence.MEDIUM),
        ),
        words={"summary": "年計", "rules": "設定"},
        examples=(
            example(
                LongAbsence(24, 6, True),
                summary=AttendanceSummary(
                    school_day_count=200,
                    excused_days=6,
                    required_days=194,
                    absent_days=24,
                    attended_days=170,
                    by_cause={"S1": 6, "absent_other": 24},
                ),
            ),
            example(
                LongAbsence(29, 0, False),
                summary=AttendanceSummary(
                    school_day_count=200,
                    required_days=200,
                    absent_days=29,
                    attended_days=171,
                    by_cause={"absent_sick": 29},
                ),
            ),
        ),
    )
)
def long_absence(summary: AttendanceSummary, *, rules: AbsenceRules = DEFAULT_RULES) -> LongAbsence:
    """Judge 「長期欠席」 on the summary of a school year; both parts are given (confidence M)."""
    absent, excused = summary.absent_days, summary.excused_days
    return LongAbsence(absent, excused, absent + excused >= rules.long_absence_days)
