"""健康観察簿: the month of a class, symptoms of those present beside the marks of those away."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.queries import Register, register_month
from manabiya.apps.attendance.queries.register import Cell as RegisterCell
from manabiya.apps.nurse_office.policies import BOOK_VIEW
from manabiya.apps.observation.queries import SYMPTOMS, Health, observations_between
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import HomeroomCard, Seat, homeroom_ids_for, homerooms_at

SIGNS = {"headache": "頭", "stomach_ache": "腹", "cough": "咳", "fever": "熱", "other": "他"}
"""Sign of each symptom in the book; a board may decide others (planned as dated data)."""


@dataclass(frozen=True, slots=True)
class BookCell:
    """A day of a child: the signs of its symptoms, or the mark of the register.

    ``heat``: the temperature noted, shown where there is room. ``state``: off (休業日), out
    (在籍前・後), open (未確認) or empty.
    """

    signs: str = ""
    mark: str = ""
    role: str = ""
    heat: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class BookRow:
    """A child's month: cells, days of each symptom, days with any, days away."""

    seat: Seat
    cells: tuple[BookCell, ...]
    symptoms: tuple[int, ...]
    ill_days: int
    absent_days: int
    excused_days: int


@dataclass(frozen=True, slots=True)
class Book:
    """The month of a class: the register's days and rows with what was seen of the children."""

    register: Register
    rows: tuple[BookRow, ...]
    ill_a_day: tuple[int, ...]

    @property
    def symptoms(self) -> tuple[int, ...]:
        """Return the days of each symptom, of all children."""
        return tuple(sum(row.symptoms[n] for row in self.rows) for n in range(len(SYMPTOMS)))

    @property
    def ill_days(self) -> int:
        """Return the days with a symptom, of all children."""
        return sum(row.ill_days for row in self.rows)


def classes_for(viewer: Actor, today: date) -> list[HomeroomCard]:
    """Return the classes of this school year whose book the viewer may see (three queries)."""
    year = school_year_of(today)
    allowed = set(homeroom_ids_for(viewer, BOOK_VIEW, year))
    return [card for card in homerooms_at(viewer.at, year, today) if card.id in allowed]


def book_month(viewer: Actor, *, homeroom_id: UUID, first: date, today: date) -> Book:
    """Return the book of the month that begins with ``first`` (eight queries)."""
    BOOK_VIEW.get(viewer, Homeroom.objects.all(), pk=homeroom_id)
    register = register_month(viewer, homeroom_id=homeroom_id, first=first, today=today)
    last = register.days[-1].date
    noted = {
        (row.student_id, row.date): row.health
        for row in observations_between(viewer, first=first, last=last, homeroom_id=homeroom_id)
    }
    rows = tuple(_row(register, place, noted) for place in range(len(register.rows)))
    per_day = Counter(day for (_child, day), value in noted.items() if value.is_ill)
    return Book(register, rows, tuple(per_day[head.date] for head in register.days))


def _row(register: Register, place: int, noted: dict[tuple[UUID, date], Health]) -> BookRow:
    row = register.rows[place]
    mine = [noted.get((row.seat.student_id, head.date)) for head in register.days]
    counted = Counter(symptom for value in mine if value for symptom in value.symptoms)
    return BookRow(
        seat=row.seat,
        cells=tuple(_cell(cell, value) for cell, value in zip(row.cells, mine, strict=True)),
        symptoms=tuple(counted[symptom] for symptom in SYMPTOMS),
        ill_days=sum(value is not None and value.is_ill for value in mine),
        absent_days=row.summary.absent_days,
        excused_days=row.summary.excused_days,
    )


def _cell(cell: RegisterCell, value: Health | None) -> BookCell:
    signs = "".join(SIGNS[symptom] for symptom in value.symptoms) if value else ""
    heat = str(value.temperature) if value and value.temperature is not None else ""
    states = (("out", cell.is_out), ("off", cell.is_off), ("open", cell.is_unconfirmed))
    state = next((word for word, holds in states if holds), "")
    return BookCell(signs, cell.symbol, cell.role, heat, state)
