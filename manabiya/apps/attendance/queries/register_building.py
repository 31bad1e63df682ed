"""The register (出席簿) of a class's month built from rows that were read; asks nothing more.

A child without a mark has the days of its grade and class, which are made once; marks and the
days outside its enrollment are laid over them. ``law.attendance`` counts.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from manabiya.apps.attendance.queries.register import (
    CLASS_CLOSED,
    Cell,
    DayHead,
    MarkRow,
    Move,
    Register,
    RegisterRow,
    cell_of,
    closed_day,
    day_of,
)
from manabiya.law.attendance import AttendanceSummary, Day, DayStatus, summarize, total
from manabiya.roster.calendar.words import closure_name
from manabiya.roster.queries import HomeroomCard, SchoolDays, Seat

ONE_DAY = timedelta(days=1)
BEGINS, ENDS = (4, 1), (3, 31)
ABSENT = (DayStatus.ABSENT_SICK, DayStatus.ABSENT_OTHER)
EXCUSED = (DayStatus.ATTENDANCE_SUSPENSION, DayStatus.BEREAVEMENT)
OFF, AHEAD, OUT = Cell(is_off=True), Cell(is_ahead=True), Cell(is_out=True)


@dataclass(frozen=True, slots=True)
class _Plain:
    """The days of a child of one grade without any mark; ``days``: None where nothing counts.

    ``summary`` and ``unusual`` (days that are anything but present) are those of a child that was
    here all month.
    """

    cells: tuple[Cell, ...]
    days: tuple[Day | None, ...]
    summary: AttendanceSummary
    unusual: list[Day]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of classes from a first to a last day: seats, marks by child and month, confirmed days."""

    calendar: SchoolDays
    today: date
    seats: Mapping[UUID, Sequence[Seat]]
    marks: Mapping[tuple[UUID, date], Mapping[UUID, Sequence[MarkRow]]]
    confirmed: Collection[tuple[UUID, date]]
    opened: dict[tuple[date, int], tuple[bool, ...]] = field(default_factory=dict)

    def open_days(self, dates: Sequence[date], grade_level: int) -> tuple[bool, ...]:
        """Return which days of a month are 授業日 for a grade, asked once for all its classes."""
        found = self.opened.get((dates[0], grade_level))
        if found is None:
            found = tuple(self.calendar.is_school_day(day, grade_level) for day in dates)
            self.opened[dates[0], grade_level] = found
        return found


@dataclass(frozen=True, slots=True)
class _Month:
    """One month of one class, and what its rows are built from."""

    homeroom_id: UUID
    dates: list[date]
    rows: Stretch
    plains: dict[int, _Plain] = field(default_factory=dict)

    def plain(self, grade_level: int) -> _Plain:
        """Return the days of a grade without marks, made once."""
        found = self.plains.get(grade_level)
        if found is None:
            opened = self.rows.open_days(self.dates, grade_level)
            days = [
                self._day(day, grade_level) if is_open else OFF
                for day, is_open in zip(self.dates, opened, strict=True)
            ]
            cells = tuple(_cell(day) for day in days)
            counted = tuple(day if isinstance(day, Day) else None for day in days)
            found = self.plains[grade_level] = _Plain(cells, counted, *_counted(counted))
        return found

    def has_mover(self, day: date | None, year_end: tuple[int, int]) -> bool:
        """Return whether somebody came or left on a day of the month, not with the school year."""
        if day is None or (day.month, day.day) == year_end:
            return False
        return self.dates[0] <= day <= self.dates[-1]

    def _day(self, day: date, grade_level: int) -> Day | Cell:
        calendar = self.rows.calendar
        if day > self.rows.today:
            return AHEAD
        if calendar.is_excused(day, grade_level, self.homeroom_id):
            return closed_day(day, None)
        return day_of(day, None, is_confirmed=(self.homeroom_id, day) in self.rows.confirmed)


def _cell(day: Day | Cell) -> Cell:
    return cell_of(day) if isinstance(day, Day) else day


def last_of(first: date) -> date:
    """Return the last day of the month that begins with ``first``."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def build_month(card: HomeroomCard, first: date, stretch: Stretch) -> Register:
    """Return the register of a class's month that begins with ``first``."""
    last = last_of(first)
    month = _Month(card.id, [first + timedelta(days=n) for n in range(last.day)], stretch)
    children: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in stretch.seats.get(card.id, ()):
        if seat.starts_on <= last and (seat.ends_on is None or seat.ends_on >= first):
            children[seat.student_id].append(seat)
    marks = stretch.marks.get((card.id, first), {})
    rows, counts = [], [[0, 0] for _ in month.dates]
    for student_id, seats in children.items():
        row, days = _row(seats, month, marks.get(student_id, ()))
        rows.append(row)
        for day in days:
            counts[day.date.day - 1][0] += day.status in ABSENT
            counts[day.date.day - 1][1] += day.status in EXCUSED
    grades = sorted({row.seat.grade_level for row in rows})
    heads = _heads(month, grades, counts)
    return Register(
        card=card,
        first=first,
        days=heads,
        rows=tuple(rows),
        total=total(row.summary for row in rows),
        school_day_count=sum(not head.is_off and head.date <= stretch.today for head in heads),
        enrolled_first=sum(row.came_on is None for row in rows),
        enrolled_last=sum(row.left_on is None for row in rows),
    )


def _row(
    seats: Sequence[Seat], month: _Month, marks: Sequence[MarkRow]
) -> tuple[RegisterRow, list[Day]]:
    """Return a child's row, and those of its days that are anything but present."""
    first, last = seats[0], seats[-1]
    if len(seats) == 1 and first.holds_on(month.dates[0]) and first.holds_on(month.dates[-1]):
        plain = month.plain(first.grade_level)
        cells, summary, unusual = plain.cells, plain.summary, plain.unusual
        if marks:
            cells, summary, unusual = _marked(list(cells), list(plain.days), marks)
    else:
        cells, summary, unusual = _marked(*_moved(seats, month), marks)
    row = RegisterRow(
        seat=last,
        cells=cells,
        summary=summary,
        came_on=first.starts_on if month.has_mover(first.starts_on, BEGINS) else None,
        left_on=last.ends_on if month.has_mover(last.ends_on, ENDS) else None,
        moves=_moves(seats, month),
    )
    return row, unusual


def _marked(
    cells: list[Cell], days: list[Day | None], marks: Sequence[MarkRow]
) -> tuple[tuple[Cell, ...], AttendanceSummary, list[Day]]:
    """Lay a child's marks over the days of its grade and class, and count."""
    for mark in marks:
        n = mark.date.day - 1
        plain = days[n]
        if plain is None or plain.status is DayStatus.UNCONFIRMED:
            continue
        is_closed = plain.cause == CLASS_CLOSED
        value = (
            closed_day(mark.date, mark) if is_closed else day_of(mark.date, mark, is_confirmed=True)
        )
        days[n], cells[n] = value, cell_of(value)
    return tuple(cells), *_counted(days)


def _counted(days: Iterable[Day | None]) -> tuple[AttendanceSummary, list[Day]]:
    """Return the sums of a child's days, and those that are anything but present."""
    counted = [day for day in days if day is not None]
    return summarize(counted), [day for day in counted if day.status is not DayStatus.PRESENT]


def _moved(seats: Sequence[Seat], month: _Month) -> tuple[list[Cell], list[Day | None]]:
    """Return the days of a child that came, left or moved up inside the month, without its marks."""
    cells: list[Cell] = []
    days: list[Day | None] = []
    for n, day in enumerate(month.dates):
        seat = next((seat for seat in seats if seat.holds_on(day)), None)
        cells.append(month.plain(seat.grade_level).cells[n] if seat else OUT)
        days.append(month.plain(seat.grade_level).days[n] if seat else None)
    return cells, days


def _moves(seats: Sequence[Seat], month: _Month) -> tuple[Move, ...]:
    """Return the days a child came and left inside the month; a seat that goes on is no move."""
    found = []
    for n, seat in enumerate(seats):
        before, after = seats[n - 1] if n else None, seats[n + 1] if n + 1 < len(seats) else None
        goes_on = before is not None and before.ends_on == seat.starts_on - ONE_DAY
        if not goes_on and month.has_mover(seat.starts_on, BEGINS):
            found.append(Move(seat.starts_on, has_come=True, is_change=seat.is_from_class))
        goes_on = after is not None and seat.ends_on == after.starts_on - ONE_DAY
        if not goes_on and seat.ends_on and month.has_mover(seat.ends_on, ENDS):
            found.append(Move(seat.ends_on, has_come=False, is_change=seat.is_to_class))
    return tuple(found)


def _heads(
    month: _Month, grades: Sequence[int], counts: Sequence[Sequence[int]]
) -> tuple[DayHead, ...]:
    """Return the columns; ``counts``: absent and excused children by day."""
    calendar, today, homeroom_id = month.rows.calendar, month.rows.today, month.homeroom_id
    opened = [(grade, month.rows.open_days(month.dates, grade)) for grade in grades]
    found = []
    for n, (day, (absent, excused)) in enumerate(zip(month.dates, counts, strict=True)):
        schooled = [grade for grade, is_open in opened if is_open[n]]
        is_asked = not all([calendar.is_excused(day, grade, homeroom_id) for grade in schooled])
        is_confirmed = (homeroom_id, day) in month.rows.confirmed
        found.append(
            DayHead(
                date=day,
                is_off=not schooled,
                label=_label(month, day, grades),
                is_unconfirmed=is_asked and day <= today and not is_confirmed,
                absent=absent,
                excused=excused,
            )
        )
    return tuple(found)


def _label(month: _Month, day: date, grades: Sequence[int]) -> str:
    """Return what the calendar calls a day, or what it was closed for."""
    calendar = month.rows.calendar
    if label := calendar.label(day):
        return label
    for grade in grades:
        if closure := calendar.closure(day, grade, month.homeroom_id):
            return closure_name(closure)
    return ""
