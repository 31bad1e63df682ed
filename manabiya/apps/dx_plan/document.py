"""The plan as a document: what a page, a PDF and a Markdown file show, and what a decision keeps.

Every number is text as it is printed; a document that was decided is read back, never computed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

CHAPTERS = ("introduction", "present", "outlook", "closing")
"""The fields that are text of chapters."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of the present state; ``is_doubtful``: the nation's definition may differ."""

    question: str
    city: str
    nation: str
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class TableBand:
    """The rows of a band (「80%以上」)."""

    label: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class PresentTable:
    """A table of chapter 2. ``city_name``: whose column 「本市」 is."""

    title: str
    city_name: str
    bands: tuple[TableBand, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """The figure of chapter 2 as printed: ``bars`` are names with percentages, ``notes`` its source."""

    title: str
    survey: str
    bars: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """The goals of an item, one for each year (empty: none). ``falls``: to be lowered.

    ``question`` is the wording, ``label`` a short word for it.
    """

    item: str
    question: str
    label: str
    definition: str
    definition_key: str
    falls: bool
    baseline: str
    schools: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What is done. ``items``: the questions it serves, in short words."""

    id: str
    title: str
    owner: str
    period: str
    items: tuple[str, ...]
    state: str
    reason: str
    notes: str


@dataclass(frozen=True, slots=True)
class Document:
    """The plan with its chapters; ``years`` are 年度, ``year_labels`` as people say them."""

    municipality: str
    title: str
    edition: int
    reason: str
    years: tuple[int, ...]
    year_labels: tuple[str, ...]
    baseline_label: str
    introduction: str
    present: str
    tables: tuple[PresentTable, ...]
    outlook: str
    goals: tuple[GoalRow, ...]
    actions: tuple[ActionRow, ...]
    closing: str
    figure: PrintedFigure | None = None

    @property
    def span(self) -> str:
        """Return its years (「令和7年度から令和10年度まで」)."""
        first, last = self.year_labels[0], self.year_labels[-1]
        return first if first == last else f"{first}から{last}まで"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, apart by an empty line."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def as_data(document: Document) -> dict[str, Any]:
    """Return the document as JSON data."""
    found: dict[str, Any] = json.loads(json.dumps(asdict(document), ensure_ascii=False))
    return found


def digest_of(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document's data."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def read(data: Mapping[str, Any]) -> Document:
    """Return the document of kept data."""
    tables = tuple(_table(one) for one in data["tables"])
    goals = tuple(GoalRow(**{**one, "goals": tuple(one["goals"])}) for one in data["goals"])
    actions = tuple(ActionRow(**{**one, "items": tuple(one["items"])}) for one in data["actions"])
    years = {name: tuple(data[name]) for name in ("years", "year_labels")}
    figure = _figure(data.get("figure"))
    parts = {"tables": tables, "goals": goals, "actions": actions, "figure": figure}
    return Document(**{**data, **years, **parts})


def _figure(data: Mapping[str, Any] | None) -> PrintedFigure | None:
    if data is None:
        return None
    bars = tuple((name, percent) for name, percent in data["bars"])
    return PrintedFigure(data["title"], data["survey"], bars, tuple(data["notes"]))


def _table(data: Mapping[str, Any]) -> PresentTable:
    bands = tuple(
        TableBand(band["label"], tuple(TableRow(**row) for row in band["rows"]))
        for band in data["bands"]
    )
    return PresentTable(data["title"], data["city_name"], bands, tuple(data["notes"]))
