"""The list of the viewer's own place, and what its forms offer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import (
    CatalogPaper,
    PaperProposal,
    PaperUse,
    PaperUseChange,
    Partner,
)
from manabiya.apps.paperwork.policies import USE_DECIDE, USE_KEEP, USE_VIEW
from manabiya.apps.paperwork.queries.city import Counts
from manabiya.apps.paperwork.services.fields import known_to
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Appointment
from manabiya.roster.models.dated import on_day

LATEST = 20
URGENT_FIRST = {
    rules.State.OVERDUE: 0,
    rules.State.UNDECIDED: 1,
    rules.State.PLANNED: 2,
    rules.State.KEPT: 3,
    rules.State.DONE: 4,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line with where it stands today."""

    use: PaperUse
    state: rules.State

    @property
    def yearly(self) -> int | None:
        """Return how often a year, None where nobody knows."""
        return rules.yearly(self.use.volume_count, self.use.volume_per)


def line_on(use: PaperUse, today: date) -> Line:
    """Return a line as it stands on a day."""
    return Line(use, rules.state_of(use.decision, use.due_on, use.done_on, today))


def _own(viewer: Actor) -> QuerySet[PaperUse]:
    rows = PaperUse.objects.filter(school_id=viewer.school_id, removed_at=None)
    return USE_VIEW.filter(viewer, rows).select_related("partner", "owner")


def lines_of(viewer: Actor, *, today: date) -> list[Line]:
    """Return the lines of the viewer's place, what hurries first, then by name (one query)."""
    lines = [line_on(use, today) for use in _own(viewer)]
    lines.sort(key=lambda line: (URGENT_FIRST[line.state], line.use.name, line.use.kind))
    return lines


def own_counts(viewer: Actor, today: date) -> Counts:
    """Return the counts of the viewer's place (one query)."""
    counts = Counts()
    for use in _own(viewer):
        counts.add(use, today)
    return counts


@dataclass(frozen=True, slots=True)
class UsePage:
    """A line with its steps, the newest first."""

    line: Line
    changes: tuple[PaperUseChange, ...]


def use_page(viewer: Actor, use_id: UUID, today: date) -> UsePage:
    """Return a line of the viewer's place, or raise 404 (two queries)."""
    use = USE_VIEW.get(viewer, _own(viewer), pk=use_id)
    steps = PaperUseChange.objects.filter(use=use).select_related("changed_by")
    return UsePage(line_on(use, today), tuple(steps.order_by("-changed_at", "-id")))


def owners_at(viewer: Actor, today: date) -> list[tuple[UUID, str]]:
    """Return who may be named to see to it: who holds a post at the place (one query)."""
    posts = Appointment.objects.filter(on_day(today), school_id=viewer.school_id)
    found = posts.select_related("staff_member").order_by("staff_member__kana_key", "id")
    return list({post.staff_member_id: post.staff_member.name for post in found}.items())


def partners_known(viewer: Actor) -> list[Partner]:
    """Return the partners of the city and of the viewer's place, the city's first (one query)."""
    if not USE_VIEW.may(viewer):
        return []
    own = Case(When(school_id=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Partner.objects.filter(known_to(viewer.school_id)).select_related("agreed_by")
    return list(rows.order_by(own, "name"))


def offered_papers(viewer: Actor) -> list[CatalogPaper]:
    """Return the common papers not on the viewer's list yet, by name (two queries)."""
    USE_KEEP.require(viewer)
    listed = set(_own(viewer).values_list("name", "kind"))
    papers = CatalogPaper.objects.filter(retired_at=None).order_by("name", "kind")
    return [paper for paper in papers if (paper.name, paper.kind) not in listed]


def open_proposals(viewer: Actor) -> list[PaperProposal]:
    """Return what the board proposes to the viewer's school and nobody answered (one query)."""
    if viewer.school_id is None:
        return []
    rows = PaperProposal.objects.filter(
        school_id=viewer.school_id, answer=PaperProposal.Answer.OPEN
    )
    found = USE_DECIDE.filter(viewer, rows).select_related("catalog_paper")
    return list(found.order_by("due_on", "catalog_paper__name"))


def answered_proposals(viewer: Actor) -> list[PaperProposal]:
    """Return the last proposals the viewer's school answered, or the board took back (one query)."""
    if viewer.school_id is None:
        return []
    rows = PaperProposal.objects.filter(school_id=viewer.school_id).exclude(
        answer__in=(PaperProposal.Answer.OPEN, PaperProposal.Answer.REPLACED)
    )
    found = USE_DECIDE.filter(viewer, rows).select_related("catalog_paper", "answered_by")
    return list(found.order_by("-proposed_at", "catalog_paper__name")[:LATEST])
