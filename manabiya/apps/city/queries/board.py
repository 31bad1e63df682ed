"""Today by school, as much of it as the viewer may see.

One table holds everything that is shared of a day (present, absent, suspended by disease, …), so
that what is hidden in one part of a page can't be computed from another.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from manabiya.apps.attendance.queries import CityDay, SchoolLine, city_day
from manabiya.apps.city.policies import EXACT_VIEW
from manabiya.apps.city.rules import Numbers, alone, shown, together
from manabiya.kernel.access.actors import Actor

FIRST, LAST = ("present", "absent"), ("other_excused", "not_arrived", "unconfirmed")
DISEASE = "disease:"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A school's day, or the city's (``line`` None): every number by its column, None for ＊.

    ``newly_ill``, ``late``: parts of the others; ``late`` is known to exact pages only.
    """

    line: SchoolLine | None
    enrolled: int
    cells: Mapping[str, int | None]
    newly_ill: int | None = None
    late: int | None = None

    @property
    def infected(self) -> int | None:
        """Return who is suspended for a disease."""
        return together(n for key, n in self.cells.items() if key.startswith(DISEASE))

    @property
    def excused(self) -> int | None:
        """Return 出席停止・忌引, closed classes included."""
        return together([self.infected, self.cells["other_excused"]])

    def with_disease(self, key: str) -> int | None:
        """Return who is suspended for one disease."""
        return self.cells[DISEASE + key]


@dataclass(frozen=True, slots=True)
class BoardDay:
    """The city's day for one viewer: the schools that are open, and the sums.

    ``diseases``: keys of those somebody is suspended for (empty text: not known), most first.
    ``sick``, ``other``: the two kinds of absence, of the city only and on exact pages only.
    """

    day: CityDay
    rows: tuple[BoardRow, ...]
    total: BoardRow
    diseases: tuple[str, ...]
    is_exact: bool
    sick: int | None
    other: int | None

    @property
    def has_hidden(self) -> bool:
        """Return whether a number is kept back."""
        parts = [
            n for row in (*self.rows, self.total) for n in (*row.cells.values(), row.newly_ill)
        ]
        return None in parts

    @property
    def not_open(self) -> list[SchoolLine]:
        """Return the schools without a 授業日 today: 休校, or none planned."""
        return [line for line in self.day.lines if not line.is_open]

    @property
    def unconfirmed(self) -> list[BoardRow]:
        """Return the schools with a class that is not confirmed."""
        return [row for row in self.rows if row.line and not row.line.is_confirmed]

    @property
    def missing(self) -> list[BoardRow]:
        """Return the schools with a child nobody knows where it is (未着)."""
        return [row for row in self.rows if row.cells["not_arrived"] != 0 and _missing(row)]

    @property
    def infected_rows(self) -> list[BoardRow]:
        """Return the schools with somebody suspended for a disease, or newly ill."""
        return [row for row in self.rows if row.infected != 0 or row.newly_ill != 0]


def _missing(row: BoardRow) -> bool:
    return row.line is not None and row.line.counts.not_arrived > 0


def board_day(viewer: Actor, *, day: date, shared: bool = False) -> BoardDay:
    """Return the city on ``day`` (the queries of ``attendance.city_day``).

    ``shared``: as it leaves the office, whoever looks. Raises ``Refused``.
    """
    exact = EXACT_VIEW.may(viewer) and not shared
    city = city_day(viewer, day=day)
    lines = city.open_lines
    diseases = _diseases([line.numbers for line in lines])
    columns = [*FIRST, *(DISEASE + key for key in diseases), *LAST]
    table = [_parts(line, line.numbers, columns) for line in lines]
    rows = shown(table, exact=exact)
    newly = _newly(lines, [line.numbers for line in lines], exact=exact)
    sums = rows.pop() if rows else [0] * len(columns)
    return BoardDay(
        day=city,
        rows=tuple(
            BoardRow(
                line, line.counts.enrolled, dict(zip(columns, row, strict=False)), new,
                line.counts.late if exact else None,
            )
            for line, row, new in zip(lines, rows, newly, strict=False)
        ),
        total=BoardRow(
            None, sum(line.counts.enrolled for line in lines),
            dict(zip(columns, sums, strict=False)), newly[-1],
            city.total.late if exact else alone(city.total.late, exact=False),
        ),
        diseases=diseases,
        is_exact=exact,
        sick=city.total.absent_sick if exact else None,
        other=city.total.absent_other if exact else None,
    )  # fmt: skip


def _diseases(found: Sequence[Numbers]) -> tuple[str, ...]:
    total: Counter[str] = Counter()
    for numbers in found:
        for (kind, detail), number in numbers.items():
            if kind == "suspended_by":
                total[detail] += number
    return tuple(sorted(total, key=lambda key: (not key, -total[key], key)))


def _parts(line: SchoolLine, numbers: Numbers, columns: Sequence[str]) -> list[int]:
    """Return a school's numbers, each child in one of them; they add up to 在籍."""
    counts = line.counts
    known = {DISEASE + key: n for (kind, key), n in numbers.items() if kind == "suspended_by"}
    known |= {
        "present": counts.present,
        "absent": counts.absent,
        "other_excused": counts.excused - sum(known.values()),
        "not_arrived": counts.not_arrived,
        "unconfirmed": counts.unconfirmed,
    }
    return [max(known.get(column, 0), 0) for column in columns]


def _newly(
    lines: Sequence[SchoolLine], found: Sequence[Numbers], *, exact: bool
) -> list[int | None]:
    """Return who is newly ill by school, the sum last."""
    parts = [
        [numbers["newly_ill", ""], max(line.counts.enrolled - numbers["newly_ill", ""], 0)]
        for line, numbers in zip(lines, found, strict=True)
    ]
    return [row[0] for row in shown(parts, exact=exact)] or [0]
