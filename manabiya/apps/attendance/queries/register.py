"""What a month of the register (出席簿) of a homeroom is; read in :mod:`.register_reading`."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AttendanceMark
from manabiya.law.attendance import AttendanceSummary, Day, DayStatus
from manabiya.roster.queries import HomeroomCard, Seat

SYMBOLS = {
    "absent_sick": ("病", "absent"),
    "absent_other": ("事", "absent"),
    "late": ("遅", "part"),
    "left_early": ("早", "part"),
    "late_left_early": ("遅早", "part"),
    "bereavement": ("忌", "excused"),
    "deemed_present": ("扱", "elsewhere"),
}
"""Default marks of the register; a board may decide others (records are data, not these)."""
CAUSE_SYMBOLS = {"S4": "閉", "S5": "忌", "S6": "災", "S7": "公"}
CLASS_CLOSED = "S4"
OWN_EXCUSES = (AttendanceMark.Status.ATTENDANCE_SUSPENSION, AttendanceMark.Status.BEREAVEMENT)
LEGEND = (
    ("", "空白", "出席"),
    ("absent", "病", "病気・けが"),
    ("absent", "事", "事故欠"),
    ("excused", "停", "出席停止"),
    ("excused", "忌", "忌引"),
    ("excused", "閉", "学級閉鎖"),
    ("excused", "災", "非常変災"),
    ("excused", "公", "受検等"),
    ("part", "遅", "遅刻"),
    ("part", "早", "早退"),
    ("elsewhere", "扱", "出席扱い"),
    ("", "斜線", "在籍前・在籍後"),
    ("", "灰色", "休業日"),
    ("", "点", "未確認"),
)


class MarkRow(NamedTuple):
    """What the register needs of an ``AttendanceMark``."""

    homeroom_id: UUID
    student_id: UUID
    date: date
    status: str
    cause: str
    late: bool
    left_early: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a child: code and cause; off (休業日), out (在籍前・後), not confirmed, or ahead."""

    code: str = ""
    cause: str = ""
    is_off: bool = False
    is_out: bool = False
    is_unconfirmed: bool = False
    is_ahead: bool = False

    @property
    def symbol(self) -> str:
        """Return the mark on the paper; 出席停止 by its cause."""
        if self.cause:
            return CAUSE_SYMBOLS.get(self.cause, "停")
        return SYMBOLS[self.code][0] if self.code else ""

    @property
    def role(self) -> str:
        """Return the color role of the mark."""
        return "excused" if self.cause else SYMBOLS.get(self.code, ("", ""))[1]


class Move(NamedTuple):
    """A child's first day in the class (``has_come``), or its last day.

    ``is_change``: from or to another class of the same school (学級の変更), which is no 転入 or 転出.
    """

    day: date
    has_come: bool
    is_change: bool

    @property
    def words(self) -> str:
        """Return the move as 備考 says it."""
        day = f"{self.day.month}/{self.day.day}"
        if self.is_change:
            return f"{day}{'から' if self.has_come else 'まで'}(学級の変更)"
        return f"{day}{'転入' if self.has_come else '転出'}"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A child's month; ``came_on`` and ``left_on`` only when they lie inside the month.

    Its first and last day too, but not those of the school year: 月初 + 転入 - 転出 is 月末, with
    those who changed the class counted apart. ``moves``: the same days, and those of a child who
    left and came back inside the month, in order.
    """

    seat: Seat
    cells: tuple[Cell, ...]
    summary: AttendanceSummary
    came_on: date | None
    left_on: date | None
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class DayHead:
    """A column: the date, whether the class has school, what the calendar calls it."""

    date: date
    is_off: bool
    label: str
    is_unconfirmed: bool
    absent: int
    excused: int


@dataclass(frozen=True, slots=True)
class Register:
    """The month of a class: columns, rows, sums."""

    card: HomeroomCard
    first: date
    days: tuple[DayHead, ...]
    rows: tuple[RegisterRow, ...]
    total: AttendanceSummary
    school_day_count: int
    enrolled_first: int
    enrolled_last: int

    def moved(self, *, has_come: bool, is_change: bool) -> int:
        """Return how often children came or left, from and to schools or classes of this one."""
        kind = (has_come, is_change)
        return sum(move[1:] == kind for row in self.rows for move in row.moves)

    @property
    def came(self) -> int:
        """Return 転入."""
        return self.moved(has_come=True, is_change=False)

    @property
    def left(self) -> int:
        """Return 転出."""
        return self.moved(has_come=False, is_change=False)

    @property
    def changed_in(self) -> int:
        """Return how many came from another class of the school."""
        return self.moved(has_come=True, is_change=True)

    @property
    def changed_out(self) -> int:
        """Return how many left for another class of the school."""
        return self.moved(has_come=False, is_change=True)

    @property
    def changes(self) -> str:
        """Return 学級の変更 in words; empty where nobody changed the class."""
        into, out = self.changed_in, self.changed_out
        return f"学級の変更 入{into} 出{out}" if into or out else ""

    @property
    def decided_days(self) -> int:
        """Return ΣM without the unconfirmed days."""
        return self.total.required_days - self.total.unconfirmed_days

    @property
    def day_names(self) -> str:
        """Return what the calendar calls days of the month (「3日 文化の日」)."""
        named = [f"{day.date.day}日 {day.label}" for day in self.days if day.label]
        return "・".join(named)

    @property
    def rate(self) -> str:
        """Return 出席率 = ΣP/ΣM in percent, one decimal, half up; 「―」 without a required day.

        While days are unconfirmed they are left out of ΣM too; a closed month has none.
        """
        if self.decided_days == 0:
            return "―"
        share = Decimal(self.total.attended_days * 100) / Decimal(self.decided_days)
        return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))

    @property
    def unconfirmed_dates(self) -> list[date]:
        """Return the school days nobody confirmed yet."""
        return [day.date for day in self.days if day.is_unconfirmed]


def day_of(day: date, mark: AttendanceMark | MarkRow | None, *, is_confirmed: bool) -> Day:
    """Return a school day as the law counts it; 未着 is not confirmed yet."""
    if not is_confirmed or (mark and mark.status == AttendanceMark.Status.NOT_ARRIVED):
        return _valued(day, DayStatus.UNCONFIRMED)
    if mark is None:
        return _valued(day, DayStatus.PRESENT)
    return _valued(day, DayStatus(mark.status), mark.cause or None, mark.late, mark.left_early)


@lru_cache(maxsize=8192)
def _valued(
    day: date,
    status: DayStatus,
    cause: str | None = None,
    late: bool = False,
    left_early: bool = False,
) -> Day:
    """Return a day as a value: one and the same for all children it was alike for."""
    return Day(day, status, cause=cause, late=late, left_early=left_early)


def closed_day(day: date, mark: AttendanceMark | MarkRow | None) -> Day:
    """Return a 授業日 on which the child's class was closed: S4, nobody has to mark it.

    A child that was suspended or bereaved anyway stays so.
    """
    if mark is not None and mark.status in OWN_EXCUSES:
        return day_of(day, mark, is_confirmed=True)
    return _valued(day, DayStatus.ATTENDANCE_SUSPENSION, CLASS_CLOSED)


def cell_of(value: Day) -> Cell:
    """Return how the register shows a day."""
    return _cell(value.status, value.cause or "", value.late, value.left_early)


@lru_cache(maxsize=256)
def _cell(status: DayStatus, cause: str, late: bool, left_early: bool) -> Cell:
    if status is DayStatus.UNCONFIRMED:
        return Cell(is_unconfirmed=True)
    code = rules.code_of(status.value, late=late, left_early=left_early)
    return Cell(code="" if code == rules.PRESENT else code, cause=cause)
