"""A day of the register 「出席簿」: what it was for one child, and why a child need not come.

The statuses and the causes S1 to S7 are those of 「指導要録」 出欠の記録; 遅刻 and 早退 are flags on a
day present and never change how it counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType

from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import (
    GUIDANCE_RECORD_NOTICE,
    NONATTENDANCE_NOTICE,
    PRODUCT,
)


class DayStatus(Enum):
    """What a day was for one child."""

    PRESENT = "present"
    ABSENT_SICK = "absent_sick"
    ABSENT_OTHER = "absent_other"
    ATTENDANCE_SUSPENSION = "attendance_suspension"
    BEREAVEMENT = "bereavement"
    DEEMED_PRESENT = "deemed_present"
    NOT_ENROLLED = "not_enrolled"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> str:
        """Return the Japanese term."""
        return STATUS_LABELS[self]


STATUS_LABELS: Mapping[DayStatus, str] = MappingProxyType(
    {
        DayStatus.PRESENT: "出席",
        DayStatus.ABSENT_SICK: "病気欠席",
        DayStatus.ABSENT_OTHER: "事故欠席",
        DayStatus.ATTENDANCE_SUSPENSION: "出席停止等",
        DayStatus.BEREAVEMENT: "忌引",
        DayStatus.DEEMED_PRESENT: "出席扱い",
        DayStatus.NOT_ENROLLED: "在籍外",
        DayStatus.UNCONFIRMED: "未確認",
    }
)
SUSPENSION_CAUSES = frozenset({"S1", "S2", "S3", "S4", "S6", "S7"})
NO_CAUSE: frozenset[str | None] = frozenset({None})
ALLOWED_CAUSES: Mapping[DayStatus, frozenset[str | None]] = {
    **dict.fromkeys(DayStatus, NO_CAUSE),
    DayStatus.ATTENDANCE_SUSPENSION: SUSPENSION_CAUSES,
    DayStatus.BEREAVEMENT: frozenset({"S5"}),
}
REFUSALS: Mapping[DayStatus, str] = {
    **dict.fromkeys(DayStatus, "事由は出席停止・忌引等の日だけに付きます"),
    DayStatus.ATTENDANCE_SUSPENSION: "出席停止等には事由(S1〜S4、S6、S7)が要ります",
    DayStatus.BEREAVEMENT: "忌引の事由は S5 です",
}


@rule(
    Rule(
        term="遅刻・早退",
        also=("遅刻", "早退"),
        summary="遅刻も早退もその日は出席です。出席の日だけに付き、日数ではなく回数として別に数えます。"
        "遅刻を欠席に換算する国の定めはありません。",
        sources=(
            GUIDANCE_RECORD_NOTICE.article(),
            PRODUCT.article("出席扱いの日には付けない", confidence=Confidence.LOW),
        ),
        words={"date": "日", "status": "区分", "late": "遅刻", "left_early": "早退"},
        examples=(
            example(
                Refused("出席の日だけ"),
                date=date(2026, 4, 7),
                status=DayStatus.ABSENT_SICK,
                late=True,
            ),
            example(
                Refused("出席の日だけ"),
                date=date(2026, 4, 7),
                status=DayStatus.DEEMED_PRESENT,
                left_early=True,
            ),
        ),
    )
)
@dataclass(frozen=True, slots=True)
class Day:
    """One 授業日 of one child. ``cause`` (S1 to S7) belongs to the excused statuses only.

    ``attendance_suspension`` needs its cause; ``bereavement`` is S5. Late and early flags stand
    only on ``present`` (for 出席扱い a product default, confidence L). Raises ValueError otherwise.
    """

    date: date
    status: DayStatus
    cause: str | None = None
    late: bool = False
    left_early: bool = False

    def __post_init__(self) -> None:
        status = self.status
        if status is DayStatus.PRESENT:
            if self.cause is not None:
                raise ValueError(REFUSALS[status])
            return
        if self.late or self.left_early:
            raise ValueError("遅刻・早退は出席の日だけに付きます")
        if status is DayStatus.BEREAVEMENT and self.cause is None:
            object.__setattr__(self, "cause", "S5")
        if self.cause not in ALLOWED_CAUSES[status]:
            raise ValueError(REFUSALS[status])

    def __str__(self) -> str:
        flags = "・遅刻" * self.late + "・早退" * self.left_early
        cause = f"({self.cause})" if self.cause else ""
        return f"{self.date.month}月{self.date.day}日 {self.status.label}{cause}{flags}"


@rule(
    Rule(
        term="出席扱い",
        also=("不登校", "教育支援センター", "フリースクール"),
        summary="不登校の児童生徒が学校外の施設やICTで学んだ日を、校長が出席と認めた日です。出席日数に"
        "含め、そのうち数(内数)を備考に示します。別室登校・保健室登校は出席です。",
        sources=(
            NONATTENDANCE_NOTICE.article("別記1・別記2"),
            NONATTENDANCE_NOTICE.article("(内数の書き方)", confidence=Confidence.MEDIUM),
        ),
        words={"status": "区分"},
        examples=(
            example(True, status=DayStatus.DEEMED_PRESENT),
            example(True, status=DayStatus.PRESENT),
            example(False, status=DayStatus.ABSENT_OTHER),
            example(False, status=DayStatus.UNCONFIRMED),
        ),
    )
)
def counts_as_attended(status: DayStatus) -> bool:
    """Tell whether a day of this status is one of 「出席日数」 (「出席扱い」 is inside it)."""
    return status in (DayStatus.PRESENT, DayStatus.DEEMED_PRESENT)
