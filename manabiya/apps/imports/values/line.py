"""One row of a table, read cell by cell."""

from collections.abc import Callable, Mapping
from typing import Any

from manabiya.apps.imports.reading.tables import Row, Table
from manabiya.apps.imports.values import cells
from manabiya.apps.imports.values.problems import Bad, Level, Note, Problem
from manabiya.apps.imports.values.records import Source

Clean = Callable[[str], tuple[Any, Note | None]]
NEEDED = "書かれていません"


class Line:
    """One row being read: gives clean values by field and collects what is wrong."""

    def __init__(
        self, file: int, table: Table, places: Mapping[str, int], secret: frozenset[str], row: Row
    ) -> None:
        self.source = Source(file, row.number)
        self.headings = table.headings
        self.places = places
        self.secret = secret
        self.cells = row.cells
        self.problems: list[Problem] = []

    def raw(self, key: str) -> str:
        """Return a cell as it stands, "" when there is none."""
        place = self.places.get(key)
        return self.cells[place] if place is not None and place < len(self.cells) else ""

    def take(self, key: str, clean: Clean | None = None) -> Any:
        """Return the clean value of a field; None when the cell is empty or wrong."""
        raw = self.raw(key)
        if not raw:
            return None
        try:
            text = cells.checked(raw)
            if not text:
                return None
            value, note = clean(text) if clean else (text, None)
        except Bad as bad:
            self.say(Level.STOP, key, bad.reason, bad.mend)
            return None
        if note is not None:
            self.say(Level.NOTE, key, note.reason, note.mend)
        return value

    def text(self, key: str, clean: Clean | None = None) -> str:
        """Return the clean text of a field, "" when the cell is empty or wrong."""
        return self.take(key, clean) or ""

    def say(self, level: Level, key: str, reason: str, mend: str) -> None:
        """Note a problem of a field."""
        place = self.places.get(key)
        column = self.headings[place] if place is not None and place < len(self.headings) else ""
        value = self.raw(key).strip()[:80]
        self.problems.append(
            Problem(level, self.source.file, self.source.line, column, value, reason, mend,
                    key in self.secret)
        )  # fmt: skip

    def need(self, key: str, value: object) -> None:
        """Stop the row unless it has a value (a wrong one was stopped already)."""
        if not value and not self.raw(key).strip(cells.SPACES):
            self.say(Level.STOP, key, NEEDED, "書き足す")

    @property
    def is_stopped(self) -> bool:
        """Return whether the row can't be taken."""
        return any(problem.level is Level.STOP for problem in self.problems)
