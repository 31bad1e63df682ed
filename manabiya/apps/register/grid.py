"""A document as a table of texts: what screen, PDF and workbook show, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from manabiya.apps.register.corrections import old_codes
from manabiya.apps.register.document import AHEAD, OFF, OUT, SUMS, UNCONFIRMED, Document

ROLES: Mapping[str, str] = {
    "absent_sick": "absent",
    "absent_other": "absent",
    "late": "part",
    "left_early": "part",
    "late_left_early": "part",
    "deemed_present": "elsewhere",
}
STATES: Mapping[str, str] = {OUT: "out", OFF: "off", UNCONFIRMED: "open", AHEAD: "ahead"}


@dataclass(frozen=True, slots=True)
class GridCell:
    """A day of a child: its mark, its state (out, off, open, ahead or none) and color role.

    ``was``: the mark that first stood, where it was corrected (「出」 for a blank one).
    """

    text: str
    state: str = ""
    role: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A child: number, name, days, the quantities of :data:`.document.SUMS`, 備考."""

    number: int
    grade: int
    name: str
    cells: tuple[GridCell, ...]
    sums: tuple[int, ...]
    remarks: str

    def texts(self) -> list[str]:
        """Return the row as texts: number, name, a mark a day, the sums, 備考."""
        marks = [cell.text for cell in self.cells]
        return [str(self.number), self.name, *marks, *map(str, self.sums), self.remarks]


@dataclass(frozen=True, slots=True)
class Grid:
    """The table of a month: headings of its columns, a row a child, the class's sums."""

    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[int, ...]


def grid_of(document: Document) -> Grid:
    """Return the table of a document."""
    days = [str(int(day["date"][8:])) for day in document["days"]]
    first = old_codes(document)
    return Grid(
        ("番", "氏名", *days, *SUMS.values(), "備考"),
        tuple(_row(document, row, first) for row in document["rows"]),
        tuple(document["totals"][name] for name in SUMS),
    )


def _row(document: Document, row: Document, first: Mapping[tuple[str, str], str]) -> GridRow:
    symbols, cells = document["symbols"], []
    for day, code in zip(document["days"], row["cells"], strict=True):
        was = first.get((row["student"], day["date"]))
        old = "" if was is None else symbols.get(was) or "出"
        cells.append(_cell(symbols, code, old))
    sums = tuple(row["sums"][name] for name in SUMS)
    return GridRow(row["number"], row["grade"], row["name"], tuple(cells), sums, row["remarks"])


def _cell(symbols: Mapping[str, str], code: str, was: str) -> GridCell:
    if code in STATES:
        return GridCell("・" if code == UNCONFIRMED else "", STATES[code], "", was)
    return GridCell(symbols.get(code, ""), "", ROLES.get(code, "excused" if code else ""), was)
