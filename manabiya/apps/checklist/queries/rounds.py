"""Every round beside the others: city, prefecture and nation by item and year, with each break.

A figure is compared with the one before it in the same row, and only where nothing but the answers
changed. Published figures stay as printed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from manabiya.apps.checklist.policies import CITY_VIEW
from manabiya.apps.checklist.queries.city import figure_of
from manabiya.apps.checklist.queries.years import (
    Counts,
    Year,
    counts_of_all,
    published_of_all,
    year_label,
    years,
)
from manabiya.apps.checklist.rules import direction, share, why_prints_differ
from manabiya.apps.checklist.shipped import shipped_keys, shipped_set
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Share, band
from manabiya.law.checklist_rounds import Figure
from manabiya.law.checklist_sets import AREAS, Published, Question, QuestionSet

BANDS = ("80以上", "50以上80未満", "50未満")


@dataclass(frozen=True, slots=True)
class RoundCell:
    """A figure of a year in a row: counted or printed.

    ``breaks``: why it can't be compared with the figure before it; ``change``: the movement since,
    with its sign, empty where there is none.
    """

    question: Question
    year: int
    counted: Share | None = None
    printed: Published | None = None
    breaks: tuple[str, ...] = ()
    change: str = ""
    is_final: bool = True

    @property
    def percent(self) -> Decimal | None:
        """Return the percentage."""
        if self.counted:
            return self.counted.percent
        return self.printed.percent if self.printed else None

    @property
    def definition(self) -> str:
        """Return what is counted, in words."""
        if self.counted:
            return self.counted.definition.label
        return self.printed.said_definition if self.printed else ""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """An item of one area (本市, 都道府県, 全国): a cell for each year, None without a figure."""

    area: str
    cells: tuple[RoundCell | None, ...]

    @property
    def known(self) -> list[RoundCell]:
        """Return the figures there are, the oldest first."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class RoundItem:
    """An item with its rows."""

    question: Question
    rows: tuple[RoundRow, ...]


@dataclass(frozen=True, slots=True)
class RoundYear:
    """A column: a school year; ``bands``: how many of the city's items stand in each band."""

    school_year: int
    is_final: bool
    bands: tuple[int, int, int] | None

    @property
    def label(self) -> str:
        """Return the year as people say it."""
        return year_label(self.school_year)


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """All rounds, the oldest year first."""

    years: tuple[RoundYear, ...]
    items: tuple[RoundItem, ...]


def rounds_page(viewer: Actor) -> RoundsPage:
    """Return every round of the city, of the prefecture and of the nation."""
    CITY_VIEW.require(viewer)
    every = years()
    areas = _areas(every)
    city = areas["本市"]
    columns = sorted({cell.year for cells in areas.values() for cell in _flat(cells)})
    final = {year.school_year: year.is_final for year in every}
    items = [
        RoundItem(
            _question(*(cells.get(key, ()) for cells in areas.values())),
            tuple(
                RoundRow(area, _spread(cells[key], columns))
                for area, cells in areas.items()
                if cells.get(key)
            ),
        )
        for key in dict.fromkeys(key for cells in areas.values() for key in cells)
    ]
    return RoundsPage(
        tuple(RoundYear(year, final.get(year, True), _bands(city, year)) for year in columns),
        tuple(sorted(items, key=lambda item: item.question.number)),
    )


def item_rows(item: str, every: Sequence[Year]) -> tuple[RoundRow, ...]:
    """Return one item through the years, a row for each area that has figures."""
    areas = {area: cells.get(item, []) for area, cells in _areas(every).items()}
    columns = sorted({cell.year for cells in areas.values() for cell in cells})
    return tuple(RoundRow(area, _spread(cells, columns)) for area, cells in areas.items() if cells)


Cells = Mapping[str, list[RoundCell]]
Printed = Mapping[int, Mapping[str, Mapping[str, Published]]]


def _areas(every: Sequence[Year]) -> dict[str, Cells]:
    """Return the figures by item of 本市, 都道府県 and 全国, the oldest first.

    Those of prefecture and nation are of every shipped round, and of those the municipality took.
    """
    sets = {one.school_year: one for one in map(shipped_set, shipped_keys())}
    sets |= {year.questions.school_year: year.questions for year in every}
    printed = published_of_all({*sets, *(year.school_year for year in every)})
    return {
        AREAS["city"]: _city_cells(every, printed),
        AREAS["prefecture"]: _published_cells(sets, printed, "prefecture"),
        AREAS["nation"]: _published_cells(sets, printed, "nation"),
    }


def _flat(cells: Mapping[str, Sequence[RoundCell]]) -> Iterable[RoundCell]:
    return (cell for row in cells.values() for cell in row)


def _question(*rows: Sequence[RoundCell]) -> Question:
    """Return the question of the first row there is, in its oldest year: that is the plan's."""
    return next(row[0].question for row in rows if row)


def _spread(cells: Sequence[RoundCell], columns: Sequence[int]) -> tuple[RoundCell | None, ...]:
    by_year = {cell.year: cell for cell in cells}
    return tuple(by_year.get(year) for year in columns)


def _bands(city: Mapping[str, Sequence[RoundCell]], year: int) -> tuple[int, int, int] | None:
    shares = [
        cell.percent for cell in _flat(city) if cell.year == year and cell.percent is not None
    ]
    found = [band(one) for one in shares]
    return tuple(found.count(name) for name in BANDS) if found else None  # type: ignore[return-value]


def _city_cells(every: Sequence[Year], all_printed: Printed) -> Cells:
    """Return the city's figures by item, the oldest first."""
    found: defaultdict[str, list[RoundCell]] = defaultdict(list)
    all_counts = counts_of_all(every)
    for year in reversed(every):
        counts, printed = all_counts.get(year.school_year, {}), all_printed[year.school_year]
        for question in year.questions.questions:
            cell = _city_cell(question, year, counts, printed)
            if cell:
                found[question.key].append(_after(cell, found[question.key][-1:]))
    return found


def _city_cell(
    question: Question,
    year: Year,
    counts: Counts,
    printed: Mapping[str, Mapping[str, Published]],
) -> RoundCell | None:
    if question.respondent != "school":
        return None
    counted = share(question, counts.get(question.key, {}))
    own = printed.get(question.key, {}).get("city") if counted is None else None
    if counted is None and own is None:
        return None
    return RoundCell(question, year.school_year, counted, own, is_final=year.is_final)


def _published_cells(sets: Mapping[int, QuestionSet], printed: Printed, area: str) -> Cells:
    """Return what was published of an area by item, the oldest first."""
    found: defaultdict[str, list[RoundCell]] = defaultdict(list)
    for school_year, questions in sorted(sets.items()):
        for question in questions.questions:
            taken = printed[school_year].get(question.key, {}).get(area)
            figure = taken or question.figure_of(area)
            if figure and question.respondent == "school":
                cell = RoundCell(question, school_year, printed=figure)
                found[question.key].append(_after(cell, found[question.key][-1:]))
    return found


def _after(cell: RoundCell, before: Sequence[RoundCell]) -> RoundCell:
    """Return a figure with what it says beside the one before it."""
    if not before:
        return cell
    [last] = before
    if cell.counted and last.counted:
        moved = direction(cell.counted, last.counted, _figure(cell), _figure(last))
        return replace(cell, breaks=moved.reasons, change=moved.signed)
    if cell.printed and last.printed:
        breaks = why_prints_differ(
            (cell.question, cell.year, cell.printed), (last.question, last.year, last.printed)
        )
        moved_by = "" if breaks else _signed(cell.printed.percent - last.printed.percent)
        return replace(cell, breaks=breaks, change=moved_by)
    return replace(cell, breaks=("公表された割合と数えた割合です",))


def _figure(cell: RoundCell) -> Figure:
    return figure_of(cell.question, cell.year, is_final=cell.is_final)


def _signed(points: Decimal) -> str:
    return f"{points:+}".replace("-", "−") if points else "0.0"
