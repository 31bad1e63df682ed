"""The sums of a period: the columns of 「指導要録」 出欠の記録, with invariants that always hold."""

from dataclasses import dataclass, field

from manabiya.law.attendance_causes import CAUSES

CAUSE_KEYS = (*CAUSES, "absent_sick", "absent_other")
NUMBER_LABELS = {
    "school_day_count": "授業日数",
    "excused_days": "出席停止・忌引等",
    "required_days": "出席しなければならない日数",
    "absent_days": "欠席",
    "attended_days": "出席",
    "late_count": "遅刻",
    "left_early_count": "早退",
    "deemed_days": "うち出席扱い",
    "unconfirmed_days": "未確認",
}


def _no_causes() -> dict[str, int]:
    return dict.fromkeys(CAUSE_KEYS, 0)


@dataclass(frozen=True, slots=True)
class AttendanceSummary:
    """The quantities of a period, in days (times for late and early). Invariants hold or it raises.

    0 ≤ S ≤ J, 0 ≤ A ≤ M, P + A + S + U = J; ``deemed_days`` (出席扱い) lie inside P, late and early
    on the rest of P. ``by_cause``: days by S1 to S7, absent_sick, absent_other; what is not
    named counts zero, any other key is refused. Raises ValueError when the numbers don't fit.
    """

    school_day_count: int = 0
    excused_days: int = 0
    required_days: int = 0
    absent_days: int = 0
    attended_days: int = 0
    late_count: int = 0
    left_early_count: int = 0
    deemed_days: int = 0
    unconfirmed_days: int = 0
    by_cause: dict[str, int] = field(default_factory=_no_causes)

    def __post_init__(self) -> None:
        causes = {**_no_causes(), **self.by_cause}
        object.__setattr__(self, "by_cause", causes)
        numbers = [getattr(self, name) for name in NUMBER_LABELS]
        excused = sum(causes[key] for key in CAUSES)
        absent = causes["absent_sick"] + causes["absent_other"]
        holds = (
            min(*numbers, *causes.values()) >= 0
            and len(causes) == len(CAUSE_KEYS)
            and self.required_days == self.school_day_count - self.excused_days
            and self.attended_days == self.required_days - self.absent_days - self.unconfirmed_days
            and (self.excused_days, self.absent_days) == (excused, absent)
            and max(self.late_count, self.left_early_count) + self.deemed_days <= self.attended_days
        )
        if not holds:
            raise ValueError("出欠の数が合いません")

    @property
    def suspension_days(self) -> int:
        """Return the column 出席停止等: S1 + S2 + S3 + S4."""
        return sum(self.by_cause[key] for key in ("S1", "S2", "S3", "S4"))

    @property
    def bereavement_days(self) -> int:
        """Return the column 忌引等: S5 + S6 + S7."""
        return sum(self.by_cause[key] for key in ("S5", "S6", "S7"))

    def __str__(self) -> str:
        return "、".join(f"{word} {getattr(self, name)}" for name, word in NUMBER_LABELS.items())
