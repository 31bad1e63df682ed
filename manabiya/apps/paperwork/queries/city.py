"""The city added up from the lines of every place; nothing is stored."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import PaperProposal, PaperUse
from manabiya.apps.paperwork.policies import CITY_VIEW, SUMS_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries.schools import SchoolCard, schools_of_municipality

COLUMNS = (
    "school_id", "catalog_paper_id", "name", "kind", "basis", "decision", "due_on", "done_on",
    "volume_count", "volume_per",
)  # fmt: skip


@dataclass(slots=True)
class Counts:
    """How many lines stand where; ``yearly``: how often a year those left are used, as known."""

    undecided: int = 0
    planned: int = 0
    overdue: int = 0
    kept: int = 0
    done: int = 0
    yearly: int = 0

    def add(self, row: Any, today: date) -> None:
        """Count a line."""
        state = rules.state_of(row.decision, row.due_on, row.done_on, today)
        setattr(self, state.value, getattr(self, state.value) + 1)
        if state is not rules.State.DONE:
            self.yearly += rules.yearly(row.volume_count, row.volume_per) or 0

    @property
    def left(self) -> int:
        """Return how many are still used."""
        return self.undecided + self.planned + self.overdue + self.kept

    @property
    def total(self) -> int:
        """Return how many were ever listed."""
        return self.left + self.done


def _rows() -> list[Any]:
    """Return every line of the municipality (one query)."""
    rows = PaperUse.objects.filter(removed_at=None).order_by("name", "kind")
    return list(rows.values_list(*COLUMNS, named=True))


def counted(rows: Iterable[Any], today: date, key: Callable[[Any], Hashable]) -> dict[Any, Counts]:
    """Return the counts of lines by a key."""
    found: dict[Any, Counts] = defaultdict(Counts)
    for row in rows:
        found[key(row)].add(row, today)
    return dict(found)


@dataclass(frozen=True, slots=True)
class CitySums:
    """The whole city without the name of a school: counts, by kind, by why, the way to zero.

    ``listing``: schools that have a list at all, of ``schools``.
    """

    counts: Counts
    by_kind: tuple[tuple[str, Counts], ...]
    by_basis: tuple[tuple[str, Counts], ...]
    years: tuple[rules.YearLeft, ...]
    listing: int
    schools: int


def city_sums(viewer: Actor, today: date) -> CitySums:
    """Return the sums of the city (two queries). Raises ``Refused``."""
    SUMS_VIEW.require(viewer)
    rows = _rows()
    whole = Counts()
    for row in rows:
        whole.add(row, today)
    kinds = counted(rows, today, lambda row: row.kind)
    bases = counted(rows, today, lambda row: row.basis)
    dates = [rules.Dates(row.decision, row.due_on, row.done_on) for row in rows]
    return CitySums(
        counts=whole,
        by_kind=tuple((word, kinds.get(key, Counts())) for key, word in rules.KINDS.items()),
        by_basis=tuple((word, bases.get(key, Counts())) for key, word in rules.BASES.items()),
        years=tuple(rules.way_to_zero(dates, today)),
        listing=len({row.school_id for row in rows if row.school_id}),
        schools=len(schools_of_municipality()),
    )


@dataclass(slots=True)
class PaperRow:
    """A paper over the city: at how many schools it is listed and still used, and by the board.

    ``paper_id`` None: no common paper, some place's own. ``open_proposals``: not yet answered.
    """

    name: str
    kind: str
    paper_id: UUID | None
    counts: Counts = field(default_factory=Counts)
    schools: set[UUID] = field(default_factory=set)
    open_proposals: int = 0

    @property
    def kind_label(self) -> str:
        """Return the kind in words."""
        return rules.KINDS[self.kind]


def paper_rows(viewer: Actor, today: date) -> list[PaperRow]:
    """Return the papers of the city, the most used first (two queries). Raises ``Refused``."""
    CITY_VIEW.require(viewer)
    found: dict[tuple[str, str], PaperRow] = {}
    for row in _rows():
        key = (row.name, row.kind)
        paper = found.setdefault(key, PaperRow(row.name, row.kind, None))
        paper.paper_id = paper.paper_id or row.catalog_paper_id
        paper.counts.add(row, today)
        if row.school_id:
            paper.schools.add(row.school_id)
    waiting = PaperProposal.objects.filter(answer=PaperProposal.Answer.OPEN)
    for name, kind in waiting.values_list("catalog_paper__name", "catalog_paper__kind"):
        if (name, kind) in found:
            found[name, kind].open_proposals += 1
    return sorted(found.values(), key=lambda paper: (-paper.counts.left, paper.name, paper.kind))


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school (None: the board) with the counts of its list."""

    school: SchoolCard | None
    counts: Counts


def school_rows(viewer: Actor, today: date) -> list[SchoolRow]:
    """Return the board and every school with its counts (two queries). Raises ``Refused``."""
    CITY_VIEW.require(viewer)
    by_place = counted(_rows(), today, lambda row: row.school_id)
    board = SchoolRow(None, by_place.get(None, Counts()))
    schools = [
        SchoolRow(card, by_place.get(card.id, Counts())) for card in schools_of_municipality()
    ]
    return [board, *schools]
