"""Lists of the board over all places: overdue, with whom, what the city can't solve alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import CatalogPaper, PaperUse, Partner
from manabiya.apps.paperwork.policies import CITY_VIEW
from manabiya.apps.paperwork.queries.city import Counts
from manabiya.kernel.access.actors import Actor


def overdue_uses(viewer: Actor, today: date) -> list[PaperUse]:
    """Return lines whose day has passed, the longest overdue first (one query)."""
    CITY_VIEW.require(viewer)
    rows = PaperUse.objects.filter(
        removed_at=None, done_on=None, decision__in=rules.ENDING, due_on__lt=today
    )
    found = rows.select_related("school", "owner")
    return list(found.order_by("due_on", "school__code", "name", "kind"))


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner with the lines about it over all places."""

    partner: Partner
    counts: Counts


def partner_rows(viewer: Actor, today: date) -> list[PartnerRow]:
    """Return every partner: those without an agreement that hold most papers first (two queries)."""
    CITY_VIEW.require(viewer)
    counts: dict[object, Counts] = defaultdict(Counts)
    uses = PaperUse.objects.filter(removed_at=None, partner__isnull=False)
    for use in uses:
        counts[use.partner_id].add(use, today)
    partners = Partner.objects.select_related("school", "agreed_by").order_by("name", "id")
    rows = [PartnerRow(partner, counts.get(partner.id, Counts())) for partner in partners]
    return sorted(rows, key=lambda row: (row.partner.agreed_on is not None, -row.counts.left))


@dataclass(slots=True)
class BeyondRow:
    """What one city can't solve alone: to whom, which paper, what would solve it, how much.

    ``schools``: how many places still use it.
    """

    to: str
    name: str
    kind: str
    note: str
    source: str
    places: int = 0
    yearly: int = 0

    @property
    def to_label(self) -> str:
        """Return to whom, in words."""
        return rules.BEYOND[self.to]

    @property
    def kind_label(self) -> str:
        """Return the kind in words."""
        return rules.KINDS[self.kind]


def beyond_rows(viewer: Actor) -> list[BeyondRow]:
    """Return the list for the prefecture and the state, the most used first (two queries).

    What the board wrote at a common paper stands for every place that still uses it; what a place
    wrote at a line of its own stands beside it. What nobody uses any more is no wish.
    """
    CITY_VIEW.require(viewer)
    common = {
        paper.id: paper
        for paper in CatalogPaper.objects.exclude(beyond_to="").order_by("name", "kind")
    }
    found: dict[tuple[str, ...], BeyondRow] = {}
    uses = PaperUse.objects.filter(removed_at=None, done_on=None).order_by("name", "kind", "id")
    for use in uses:
        said = common.get(use.catalog_paper_id) or (use if use.beyond_to else None)
        if said is None:
            continue
        key = (said.beyond_to, said.name, said.kind, said.beyond_note)
        row = found.setdefault(key, _row(said))
        row.places += 1
        row.yearly += rules.yearly(use.volume_count, use.volume_per) or 0
    return sorted(found.values(), key=lambda row: (row.to, -row.places, row.name))


def _row(said: CatalogPaper | PaperUse) -> BeyondRow:
    return BeyondRow(said.beyond_to, said.name, said.kind, said.beyond_note, said.source)
