"""Infections: how many are suspended for which disease, and at which schools."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from manabiya.apps.attendance.queries.counts import counts_by_day
from manabiya.apps.city import rules
from manabiya.apps.city.queries.board import BoardDay, BoardRow, board_day
from manabiya.kernel.access.actors import Actor

STRETCH = timedelta(days=45)
DAYS = 14


@dataclass(frozen=True, slots=True)
class DiseaseLine:
    """A disease today: how many, how many more than 7 days before, at how many schools.

    ``history``: the city's number on each of the days shown. None: kept back, or not comparable.
    """

    key: str
    number: int | None
    change: int | None
    schools: int | None
    history: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A school on the map of tiles: ``number`` None is kept back, ``level`` 0 to 3."""

    row: BoardRow
    number: int | None
    level: int


@dataclass(frozen=True, slots=True)
class Infections:
    """The page: today's board, a line for each disease, tiles by kind of school."""

    board: BoardDay
    days: tuple[date, ...]
    lines: tuple[DiseaseLine, ...]
    tiles: tuple[tuple[str, tuple[Tile, ...]], ...]
    chosen: str | None


def infections(
    viewer: Actor, *, day: date, disease: str | None = None, shared: bool = False
) -> Infections:
    """Return the page (one query more than :func:`.board.board_day`).

    ``disease``: the one the tiles show; None: all together.
    """
    board = board_day(viewer, day=day, shared=shared)
    found = counts_by_day(viewer, first=day - STRETCH, last=day)
    days = tuple([d for d, numbers in found.items() if rules.is_counted(numbers)][-DAYS:])
    chosen = disease if disease in board.diseases else None
    histories = _histories(board, found, days)
    return Infections(
        board=board,
        days=days,
        lines=tuple(_line(board, key, histories[key], days) for key in board.diseases),
        tiles=tuple(
            (kind, tuple(_tile(row, chosen) for row in group))
            for kind, group in groupby(board.rows, key=lambda row: row.line.school.kind)  # type: ignore[union-attr]
        ),
        chosen=chosen,
    )


def _histories(
    board: BoardDay, found: dict[date, rules.Numbers], days: tuple[date, ...]
) -> dict[str, dict[date, int | None]]:
    """Return the city's number of each disease by day.

    The excused of a past day stand in the trend, so what is hidden of them is hidden together with
    what is left of them; today's are the board's.
    """
    if not board.diseases:
        return {}
    past = [day for day in days if day != board.day.date]
    table = []
    for day in past:
        rest = rules.figures(found[day])
        parts = [found[day]["suspended_by", key] for key in board.diseases]
        table.append([*parts, max(rest.excused - sum(parts), 0)])
    rows = rules.shown(table, exact=board.is_exact)[:-1]
    histories: dict[str, dict[date, int | None]] = {}
    for place, key in enumerate(board.diseases):
        histories[key] = {day: row[place] for day, row in zip(past, rows, strict=True)}
        histories[key][board.day.date] = board.total.with_disease(key)
    return histories


def _line(
    board: BoardDay, key: str, history: dict[date, int | None], days: tuple[date, ...]
) -> DiseaseLine:
    number = board.total.with_disease(key)
    before = history.get(board.day.date - timedelta(days=7))
    at = [row.with_disease(key) for row in board.rows]
    return DiseaseLine(
        key=key,
        number=number,
        change=None if number is None or before is None else number - before,
        schools=sum(n != 0 for n in at) if board.is_exact or None not in at else None,
        history=tuple(history[day] for day in days),
    )


def _tile(row: BoardRow, chosen: str | None) -> Tile:
    number = row.infected if chosen is None else row.with_disease(chosen)
    return Tile(row, number, rules.level(number))
