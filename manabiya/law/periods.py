"""Periods 「校時」: the day of a 中学校 student derived from the lessons attended."""

from collections.abc import Sequence
from dataclasses import dataclass

from manabiya.law.attendance_day import DayStatus
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import PRODUCT


@dataclass(frozen=True, slots=True)
class PeriodDay:
    """A day derived from its periods: status, flags, and whether a middle period was missed."""

    status: DayStatus
    late: bool = False
    left_early: bool = False
    missed_middle: bool = False

    def __str__(self) -> str:
        flags = (
            "・遅刻" * self.late + "・早退" * self.left_early + "・途中の欠課" * self.missed_middle
        )
        return self.status.label + flags


@rule(
    Rule(
        term="校時からの出欠",
        also=("校時", "欠課"),
        summary="中学校で、授業ごとの出欠からその日の出欠を導きます。1校時でも出ていれば出席、最初を欠け"
        "ば遅刻、最後を欠けば早退、途中の欠課は備考に記します。1校時も出ていなければ、理由が分かる"
        "まで事故欠席とします。",
        sources=(PRODUCT.article("校時から導く出欠", confidence=Confidence.LOW),),
        words={"marks": "各校時の出欠"},
        names={True: "出", False: "欠"},
        examples=(
            example(PeriodDay(DayStatus.PRESENT), marks=(True, True, True)),
            example(PeriodDay(DayStatus.PRESENT, late=True), marks=(False, True, True)),
            example(PeriodDay(DayStatus.PRESENT, left_early=True), marks=(True, True, False)),
            example(PeriodDay(DayStatus.PRESENT, missed_middle=True), marks=(True, False, True)),
            example(PeriodDay(DayStatus.ABSENT_OTHER), marks=(False, False, False)),
            example(Refused("校時がありません"), marks=()),
        ),
    )
)
def day_from_periods(marks: Sequence[bool]) -> PeriodDay:
    """Derive the day from attendance by period 「校時」 (True: was there), 中学校.

    Default of the product (2026-04-01, confidence L), a board may change it: one period attended
    is a day present; the first missed is late, the last missed is left early, one in the middle
    is noted. No period at all raises ValueError; none attended is 事故欠 until a reason is known.
    """
    if not marks:
        raise ValueError("校時がありません")
    if not any(marks):
        return PeriodDay(DayStatus.ABSENT_OTHER)
    first, last = marks.index(True), len(marks) - 1 - list(reversed(marks)).index(True)
    return PeriodDay(
        DayStatus.PRESENT,
        late=first > 0,
        left_early=last < len(marks) - 1,
        missed_middle=not all(marks[first : last + 1]),
    )
