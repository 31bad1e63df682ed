"""The month of the register (出席簿) of a homeroom, counted by ``law.attendance``."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.apps.attendance.policies import REGISTER_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.law.attendance import AttendanceSummary, Day, DayStatus, add, summarize
from manabiya.roster.calendar.words import closure_name
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import (
    HomeroomCard,
    SchoolDays,
    Seat,
    homeroom_card,
    school_days,
    seats_between,
)

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


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a child: its code and cause; off (休業日), out (在籍前・後) or not confirmed."""

    code: str = ""
    cause: str = ""
    is_off: bool = False
    is_out: bool = False
    is_unconfirmed: bool = False

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


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A child's month; ``came_on`` and ``left_on`` only when they lie inside the month."""

    seat: Seat
    cells: tuple[Cell, ...]
    summary: AttendanceSummary
    came_on: date | None
    left_on: date | None


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
    came: int
    left: int
    enrolled_last: int

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


@dataclass(frozen=True, slots=True)
class _Month:
    """What the rows of a month are built from."""

    homeroom_id: UUID
    dates: list[date]
    today: date
    calendar: SchoolDays
    confirmed: set[date]
    marks: Mapping[tuple[UUID, date], AttendanceMark]


def register_month(viewer: Actor, *, homeroom_id: UUID, first: date, today: date) -> Register:
    """Return the register of the month that begins with ``first`` (seven queries).

    Days after ``today`` were not given yet: they are shown and counted nowhere. School days up to
    today that nobody confirmed count as 未確認.
    """
    REGISTER_VIEW.get(viewer, Homeroom.objects.all(), pk=homeroom_id)
    return read_month(homeroom_id, first, today)


def read_month(homeroom_id: UUID, first: date, today: date) -> Register:
    """Return the same of a class that was authorised already (six queries)."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    card = homeroom_card(homeroom_id, last)
    inside = {"homeroom_id": homeroom_id, "date__range": (first, last)}
    confirmed = ClassDay.objects.filter(confirmed_at__isnull=False, **inside)
    month = _Month(
        homeroom_id=homeroom_id,
        dates=[first + timedelta(days=n) for n in range(last.day)],
        today=today,
        calendar=school_days(card.school_id, first, last),
        confirmed=set(confirmed.values_list("date", flat=True)),
        marks={(m.student_id, m.date): m for m in AttendanceMark.objects.filter(**inside)},
    )
    children = _by_child(seats_between(homeroom_id, first, last))
    return _register(card, month, tuple(_row(seats, month) for seats in children.values()))


def _by_child(seats: Sequence[Seat]) -> dict[UUID, list[Seat]]:
    found: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats:
        found[seat.student_id].append(seat)
    return found


def _row(seats: list[Seat], month: _Month) -> RegisterRow:
    cells, counted = [], []
    for day in month.dates:
        seat = next((seat for seat in seats if seat.holds_on(day)), None)
        if seat is None:
            cells.append(Cell(is_out=True))
        elif not month.calendar.is_school_day(day, seat.grade_level):
            cells.append(Cell(is_off=True))
        elif day > month.today:
            cells.append(Cell())
        else:
            mark = month.marks.get((seat.student_id, day))
            if month.calendar.is_excused(day, seat.grade_level, month.homeroom_id):
                value = closed_day(day, mark)
            else:
                value = day_of(day, mark, is_confirmed=day in month.confirmed)
            counted.append(value)
            cells.append(_cell(value))
    first, last = seats[0], seats[-1]
    return RegisterRow(
        seat=last,
        cells=tuple(cells),
        summary=summarize(counted),
        came_on=first.starts_on if first.starts_on > month.dates[0] else None,
        left_on=last.ends_on if last.ends_on and last.ends_on < month.dates[-1] else None,
    )


def day_of(day: date, mark: AttendanceMark | None, *, is_confirmed: bool) -> Day:
    """Return a school day as the law counts it; 未着 is not confirmed yet."""
    if not is_confirmed or (mark and mark.status == AttendanceMark.Status.NOT_ARRIVED):
        return Day(day, DayStatus.UNCONFIRMED)
    if mark is None:
        return Day(day, DayStatus.PRESENT)
    return Day(
        day,
        DayStatus(mark.status),
        cause=mark.cause or None,
        late=mark.late,
        left_early=mark.left_early,
    )


def closed_day(day: date, mark: AttendanceMark | None) -> Day:
    """Return a 授業日 on which the child's class was closed: S4, nobody has to mark it.

    A child that was suspended or bereaved anyway stays so.
    """
    if mark is not None and mark.status in OWN_EXCUSES:
        return day_of(day, mark, is_confirmed=True)
    return Day(day, DayStatus.ATTENDANCE_SUSPENSION, cause=CLASS_CLOSED)


def _cell(value: Day) -> Cell:
    if value.status is DayStatus.UNCONFIRMED:
        return Cell(is_unconfirmed=True)
    code = rules.code_of(value.status.value, late=value.late, left_early=value.left_early)
    return Cell(code="" if code == rules.PRESENT else code, cause=value.cause or "")


def _register(card: HomeroomCard, month: _Month, rows: tuple[RegisterRow, ...]) -> Register:
    heads = tuple(_head(n, day, month, rows) for n, day in enumerate(month.dates))
    return Register(
        card=card,
        first=month.dates[0],
        days=heads,
        rows=rows,
        total=reduce(add, (row.summary for row in rows), AttendanceSummary()),
        school_day_count=sum(not head.is_off and head.date <= month.today for head in heads),
        enrolled_first=sum(row.came_on is None for row in rows),
        came=sum(row.came_on is not None for row in rows),
        left=sum(row.left_on is not None for row in rows),
        enrolled_last=sum(row.left_on is None for row in rows),
    )


def _label(month: _Month, day: date, grades: set[int]) -> str:
    """Return what the calendar calls a day, or what it was closed for."""
    closures = (month.calendar.closure(day, grade, month.homeroom_id) for grade in sorted(grades))
    closure = next((closure for closure in closures if closure), None)
    return month.calendar.label(day) or (closure_name(closure) if closure else "")


def _head(n: int, day: date, month: _Month, rows: tuple[RegisterRow, ...]) -> DayHead:
    grades = {row.seat.grade_level for row in rows}
    is_off = not any(month.calendar.is_school_day(day, grade) for grade in grades)
    is_asked = any(month.calendar.has_lessons(day, grade, month.homeroom_id) for grade in grades)
    statuses = [rules.CODES[row.cells[n].code].status for row in rows if row.cells[n].code]
    return DayHead(
        date=day,
        is_off=is_off,
        label=_label(month, day, grades),
        is_unconfirmed=is_asked and day <= month.today and day not in month.confirmed,
        absent=sum(status in rules.ABSENT_CODES for status in statuses),
        excused=sum(status in ("attendance_suspension", "bereavement") for status in statuses),
    )
