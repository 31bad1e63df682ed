"""Any table of the review on paper (Typst): A4 landscape, the head repeated on every page."""

from collections.abc import Sequence
from datetime import date, datetime

from manabiya.kernel.exchange import Table
from manabiya.kernel.pdf import typeset

PAPER = "apps/paperwork/papers/table.typ"


def table_pdf(table: Table, place: Sequence[str], today: date, made_at: datetime) -> bytes:
    """Return the paper. ``place``: whose list it is, ``today`` is printed."""
    numbers = [
        any(isinstance(row[n], int) for row in table.rows) for n in range(len(table.columns))
    ]
    data = {
        "title": table.name,
        "place": " ".join(place),
        "headings": [column.heading for column in table.columns],
        "widths": [column.width for column in table.columns],
        "numbers": numbers,
        "rows": [["" if cell is None else str(cell) for cell in row] for row in table.rows],
        "foot": f"{today:%Y年%-m月%-d日} 現在",
    }
    return typeset(PAPER, data, made_at=made_at)
