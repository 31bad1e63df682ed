"""Which cells of a table of counts are hidden before it is shared: 1 to 4, and what would tell them.

A hidden cell could be computed back from the sums of its row and column, so further cells are
hidden until every hidden one could have at least one other value: then another table with the same
visible cells and sums exists. Plain Python: no Django, no clock.

A cell is an edge between its row and its column; sums are one more row and column of edges. Another
table is reached by going round a circle of hidden cells and adding and taking 1 in turn, where
nothing may fall below zero. So a hidden cell is safe when it lies on such a circle; the circle that
hides least is looked for (Dijkstra).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

SMALL = range(1, 5)
"""Counts that are hidden."""

Place = tuple[int, int]
"""Row and column of a cell; the row after the last holds the sums, so does the column."""

_ZERO, _SUM, _GRAND = 60, 200, 400
"""What it costs to hide a zero, a sum, the sum of sums; another cell costs about ten."""


class OneColumn(ValueError):
    """A single column whose rows' sums everybody knows can hide nothing."""


def hidden_cells(
    table: Sequence[Sequence[int]], *, rows_are_known: bool = False
) -> frozenset[Place]:
    """Return the cells to hide of ``table`` (rows of counts, none below zero, all equally long).

    Sums of rows stand in column ``len(row)``, sums of columns in row ``len(table)``. With
    ``rows_are_known`` everybody knows the sums of the rows (children of a school), they stay
    visible and hide nothing. Raises :class:`OneColumn`.
    """
    if not table or not table[0]:
        return frozenset()
    if rows_are_known and len(table[0]) < 2:
        raise OneColumn
    search = _Search(with_sums(table), rows_are_known)
    search.hide_everything()
    return frozenset(search.hidden)


def with_sums(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the table with a column and a row of sums."""
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


@dataclass
class _Search:
    """The table with its sums, and what is hidden of it so far; ``safe``: lies on a circle."""

    cells: list[list[int]]
    rows_are_known: bool
    hidden: set[Place] = field(default_factory=set)
    safe: set[Place] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.last_row = len(self.cells) - 1
        self.last_column = len(self.cells[0]) - 1
        self.columns = range(self.last_column + (not self.rows_are_known))

    def hide_everything(self) -> None:
        """Hide the small cells, then for each what keeps it from being computed, sums first."""
        small = [place for place in self._places() if self._value(place) in SMALL]
        small.sort(key=self._is_sum, reverse=True)
        self.hidden.update(small)
        for place in small:
            if place not in self.safe:
                circle = self._cheapest_circle(place)
                self.hidden.update(circle)
                self.safe.update(circle)

    def _places(self) -> Iterator[Place]:
        return ((r, c) for r in range(len(self.cells)) for c in self.columns)

    def _value(self, place: Place) -> int:
        return self.cells[place[0]][place[1]]

    def _is_sum(self, place: Place) -> bool:
        """Return whether the cell is the sum of a row or a column (not the sum of sums)."""
        return (place[0] == self.last_row) is not (place[1] == self.last_column)

    def _cost(self, place: Place) -> int:
        if place in self.hidden:
            return 0
        if place == (self.last_row, self.last_column):
            return _GRAND
        if self._is_sum(place):
            return _SUM
        value = self._value(place)
        return 10 + value.bit_length() if value else _ZERO

    def _may(self, place: Place, *, forward: bool) -> bool:
        """Return whether a circle may pass from the row to the column (``forward``) or back.

        Forward adds 1 to a cell, but takes 1 from a sum; what is zero gives nothing.
        """
        return forward is not self._is_sum(place) or self._value(place) > 0

    def _cheapest_circle(self, place: Place) -> list[Place]:
        """Return the cells of the cheapest circle through ``place``, either way round."""
        ways = [
            self._way(place, forward=forward)
            for forward in (True, False)
            if self._may(place, forward=forward)
        ]
        return [place, *min(ways)[1]]

    def _way(self, place: Place, *, forward: bool) -> tuple[int, list[Place]]:
        """Return cost and cells from the end of ``place`` back to its start, not over it."""
        row, column = (place[0], True), (place[1], False)
        start, goal = (column, row) if forward else (row, column)
        best = {start: 0}
        came: dict[tuple[int, bool], tuple[tuple[int, bool], Place]] = {}
        queue = [(0, start)]
        while queue:
            cost, node = heappop(queue)
            if node == goal:
                return cost, _trace(came, goal)
            if cost == best[node]:
                for other, over in self._steps(node):
                    price = cost + self._cost(over)
                    if over != place and price < best.get(other, price + 1):
                        best[other], came[other] = price, (node, over)
                        heappush(queue, (price, other))
        return _GRAND**2, []

    def _steps(self, node: tuple[int, bool]) -> Iterator[tuple[tuple[int, bool], Place]]:
        """Yield where a circle may go on from a row or a column, and over which cell."""
        number, is_row = node
        for other in self.columns if is_row else range(len(self.cells)):
            place = (number, other) if is_row else (other, number)
            if self._may(place, forward=is_row):
                yield (other, not is_row), place


def _trace(
    came: dict[tuple[int, bool], tuple[tuple[int, bool], Place]], node: tuple[int, bool]
) -> list[Place]:
    found = []
    while node in came:
        node, over = came[node]
        found.append(over)
    return found
