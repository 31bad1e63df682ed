"""The common papers, and one of them over all schools with what was proposed and answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.paperwork.models import CatalogPaper, PaperProposal, PaperUse
from manabiya.apps.paperwork.policies import CATALOG_KEEP, CITY_VIEW
from manabiya.apps.paperwork.queries.city import Counts
from manabiya.apps.paperwork.queries.own import Line, line_on
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries.schools import SchoolCard, schools_of_municipality


def catalog_papers(viewer: Actor) -> list[CatalogPaper]:
    """Return every common paper, those offered first (one query)."""
    CATALOG_KEEP.require(viewer)
    rows = CatalogPaper.objects.order_by("name", "kind")
    return sorted(rows, key=lambda paper: paper.retired_at is not None)


@dataclass(frozen=True, slots=True)
class PaperAtSchool:
    """A school, its line of the paper (None: not listed) and the newest proposal to it."""

    school: SchoolCard
    line: Line | None
    proposal: PaperProposal | None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A common paper, its counts over the city, and the schools."""

    paper: CatalogPaper
    counts: Counts
    schools: tuple[PaperAtSchool, ...]

    @property
    def waiting(self) -> int:
        """Return how many schools have not answered."""
        return self._answered("open")

    @property
    def accepted(self) -> int:
        """Return how many schools accepted."""
        return self._answered("accepted")

    @property
    def declined(self) -> int:
        """Return how many schools declined."""
        return self._answered("declined")

    def _answered(self, answer: str) -> int:
        return sum(bool(row.proposal and row.proposal.answer == answer) for row in self.schools)


def paper_page(viewer: Actor, paper_id: UUID, today: date) -> PaperPage:
    """Return a common paper over the city, or raise 404 (four queries)."""
    paper = CITY_VIEW.get(viewer, CatalogPaper.objects.all(), pk=paper_id)
    counts = Counts()
    lines: dict[UUID | None, Line] = {}
    uses = PaperUse.objects.filter(catalog_paper=paper, removed_at=None)
    for use in uses.select_related("owner"):
        counts.add(use, today)
        lines[use.school_id] = line_on(use, today)
    newest: dict[UUID, PaperProposal] = {}
    rows = paper.proposals.exclude(answer=PaperProposal.Answer.REPLACED)
    for proposal in rows.select_related("answered_by").order_by("proposed_at", "id"):
        newest[proposal.school_id] = proposal
    schools = tuple(
        PaperAtSchool(card, lines.get(card.id), newest.get(card.id))
        for card in schools_of_municipality()
    )
    return PaperPage(paper, counts, schools)
