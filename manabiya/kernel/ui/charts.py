"""Figures: a drawing and the table with the same numbers, from one description.

The table is the figure: it is always in the page, on paper and without scripts. The drawing is made
of it by ``ui/chart.js``, which only pages with a figure load.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["bar", "stack", "line"]
WIDE = 3  # with more columns than this the table stands under the drawing


@dataclass(frozen=True)
class Series:
    """One bar or line of a figure. ``None``: not known, or kept back; ``links``: one per value."""

    name: str
    values: Sequence[float | int | None]
    links: Sequence[str | None] = ()
    decimals: int = 0


@dataclass(frozen=True)
class Chart:
    """A figure: what it shows, its unit, its categories (``category_name``: their noun) and series.

    ``floor``: where the upright axis begins; other than 0 it is said in words under the title.
    ``missing``: what the table says in place of a value that is ``None``.
    """

    slug: str
    kind: Kind
    title: str
    unit: str
    category_name: str
    categories: Sequence[str]
    series: Sequence[Series]
    floor: float = 0
    missing: str = "–"
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a series that isn't as long as the categories (``ValueError``)."""
        for each in self.series:
            if len(each.values) != len(self.categories):
                raise ValueError(f"{self.slug}: {each.name} has {len(each.values)} values")
            if each.links and len(each.links) != len(each.values):
                raise ValueError(f"{self.slug}: {each.name} has {len(each.links)} links")

    @property
    def is_wide(self) -> bool:
        """Say whether the table stands under the drawing instead of beside it."""
        return len(self.series) > WIDE

    @property
    def has_values(self) -> bool:
        """Say whether there is anything to draw."""
        return any(value is not None for each in self.series for value in each.values)


@dataclass(frozen=True)
class Cell:
    """One number of the table as it is read, and where its rows are."""

    text: str
    link: str | None = None
    is_zero: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class Row:
    """One category of the table."""

    name: str
    cells: tuple[Cell, ...]


def rows(chart: Chart) -> list[Row]:
    """Return the table of a figure: a row per category, a cell per series."""
    return [
        Row(name, tuple(_cell(chart, series, place) for series in chart.series))
        for place, name in enumerate(chart.categories)
    ]


def _cell(chart: Chart, series: Series, place: int) -> Cell:
    value = series.values[place]
    if value is None:
        return Cell(chart.missing, is_missing=True)
    link = series.links[place] if series.links else None
    return Cell(f"{value:,.{series.decimals}f}", link, is_zero=value == 0)


def drawn(chart: Chart) -> dict[str, object]:
    """Return what the drawing needs, for JSON; no addresses."""
    return {
        "kind": chart.kind,
        "categories": list(chart.categories),
        "floor": chart.floor,
        "series": [
            {"name": each.name, "values": list(each.values), "decimals": each.decimals}
            for each in chart.series
        ],
    }
