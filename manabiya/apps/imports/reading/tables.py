"""A table as it stands in a file, and where its header is."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from manabiya.law.kana import to_hiragana

Score = Callable[[str], bool]
HEADER_WITHIN = 20
NUMBERED = re.compile(r"[(\[【](\d)[)\]】]")
NOISE = re.compile(r"[\s※*・:/]|\(.*?\)|[【\[].*?[】\]]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file as a spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file (or one sheet): name, how it was written, headings and rows below them.

    ``remarks``: (row, column, reason) of cells worth a word, such as results of formulas.
    """

    name: str
    encoding: str
    headings: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    remarks: tuple[tuple[int, int, str], ...] = field(default=())


def plain_heading(text: str) -> str:
    """Return a heading for comparison: one width, without spaces, marks and explanations.

    Katakana become hiragana, a number in brackets stays: 「保護者(1) フリガナ」 → 保護者1ふりがな.
    """
    one_width = NUMBERED.sub(r"\1", unicodedata.normalize("NFKC", text))
    return to_hiragana(NOISE.sub("", one_width)).lower()


def table_of(name: str, encoding: str, rows: Sequence[Row], known: Score) -> Table:
    """Find the header among the first rows and give the table below it.

    ``known`` tells whether a plain heading means something. Two header rows become one. Without
    a row of two known headings the first row with more than one cell is taken.
    """
    top = [row for row in rows[:HEADER_WITHIN] if any(cell.strip() for cell in row.cells)]
    scores = [sum(known(plain_heading(cell)) for cell in row.cells) for row in top]
    if not top:
        return Table(name, encoding, (), 0, ())
    best = max(range(len(top)), key=lambda place: (scores[place], -place))
    if scores[best] < 2:
        best = next((n for n, row in enumerate(top) if _filled(row) > 1), 0)
    headings, last = top[best].cells, best
    if best + 1 < len(top) and _is_second_header(top[best], top[best + 1], known):
        headings, last = _joined(top[best].cells, top[best + 1].cells, known), best + 1
    elif best and _is_group_row(top[best - 1], top[best]):
        headings = _joined(top[best - 1].cells, top[best].cells, known)
    header_row = top[last].number
    below = tuple(
        row for row in rows if row.number > header_row and any(cell.strip() for cell in row.cells)
    )
    return Table(name, encoding, tuple(cell.strip() for cell in headings), header_row, below)


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_second_header(upper: Row, lower: Row, known: Score) -> bool:
    """Tell whether ``lower`` continues the header: each of its cells is a heading, none a value."""
    cells = [cell.strip() for cell in lower.cells if cell.strip()]
    parts = _joined(upper.cells, lower.cells, known)
    hits = sum(
        bool(low.strip()) and (known(plain_heading(low)) or known(plain_heading(both)))
        for low, both in zip(_padded(lower.cells, len(parts)), parts, strict=True)
    )
    return bool(cells) and hits == len(cells) and lower.number == upper.number + 1


def _is_group_row(upper: Row, lower: Row) -> bool:
    """Tell whether ``upper`` names groups over a header with repeated words (保護者1: 氏名 …)."""
    words = [plain_heading(cell) for cell in lower.cells if cell.strip()]
    return len(words) != len(set(words)) and _filled(upper) > 1 and upper.number == lower.number - 1


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _joined(upper: Sequence[str], lower: Sequence[str], known: Score) -> tuple[str, ...]:
    """Join two header rows; a merged cell above stands over the empty ones at its right."""
    width = max(len(upper), len(lower))
    found, group = [], ""
    for above, below in zip(_padded(upper, width), _padded(lower, width), strict=True):
        above, below = above.strip(), below.strip()
        group = above or (group if below else "")
        both = f"{group} {below}".strip()
        found.append(below if below and not known(plain_heading(both)) and not above else both)
    return tuple(found)
