"""What stands beside a declared answer: what the product's rows say, and what a school says itself.

The first is computed at every reading and never kept. A school that does an item with another
service says so; what the product counts there is then not shown, since it would be no measure.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from manabiya.apps.checklist.models import SchoolEvidence
from manabiya.kernel.registry import registry
from manabiya.kernel.registry.evidence import Share
from manabiya.law.checklist import percent

DAYS = 30
Elsewhere = Mapping[str, Mapping[UUID, SchoolEvidence]]
"""Item → school → the other service it says it uses."""
PRODUCT, SERVICE, UNKNOWN = "product", "service", "unknown"
SOURCES = {
    PRODUCT: _("この製品が数えたもの"),
    SERVICE: _("他のサービス(申告)"),
    UNKNOWN: _("なし(わかりません)"),
}
"""Where a school's real share comes from; unknown is never nought."""


@dataclass(frozen=True, slots=True)
class Actual:
    """A capability's real share of the last thirty days; ``by_school``: of each school that has one.

    ``done`` and ``everything``: the words of what is counted.
    """

    label: str
    done: str
    everything: str
    first: date
    last: date
    by_school: dict[UUID, Share]

    @property
    def numerator(self) -> int:
        """Return the numerator of all schools."""
        return sum(share.numerator for share in self.by_school.values())

    @property
    def denominator(self) -> int:
        """Return the denominator of all schools."""
        return sum(share.denominator for share in self.by_school.values())

    @property
    def percent(self) -> Decimal:
        """Return the share of all schools together."""
        return percent(self.numerator, self.denominator)


def actuals(
    school_ids: Collection[UUID],
    *,
    today: date,
    item: str | None = None,
    elsewhere: Elsewhere | None = None,
) -> dict[str, list[Actual]]:
    """Return, by item, what capabilities can show of the thirty days before ``today``.

    Only of ``item`` where one is given. What nobody can show is absent, never nought, and so is a
    school that does the item with another service (``elsewhere``; None: asked for). Authorise the
    schools first.
    """
    elsewhere = services_of(school_ids, item=item) if elsewhere is None else elsewhere
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    found: defaultdict[str, list[Actual]] = defaultdict(list)
    for evidence in registry.evidence.values():
        if item is not None and evidence.item != item:
            continue
        declared = elsewhere.get(evidence.item, {})
        asked = [one for one in school_ids if one not in declared]
        shares = evidence.compute(asked, first, last) if asked else {}
        if shares:
            found[evidence.item].append(
                Actual(
                    evidence.label, evidence.numerator, evidence.denominator, first, last, shares
                )
            )
    return found


def services_of(
    school_ids: Collection[UUID], *, item: str | None = None
) -> dict[str, dict[UUID, SchoolEvidence]]:
    """Return, by item and school, the other service a school says it uses (one query)."""
    rows = SchoolEvidence.objects.filter(
        school_id__in=school_ids, kind=SchoolEvidence.Kind.SERVICE, removed_at=None
    )
    found: defaultdict[str, dict[UUID, SchoolEvidence]] = defaultdict(dict)
    for row in rows.filter(item=item) if item is not None else rows:
        found[row.item][row.school_id] = row
    return found


def attached_to(item: str, school_ids: Collection[UUID]) -> dict[UUID, list[SchoolEvidence]]:
    """Return what schools attached to an item, the newest first (one query)."""
    rows = SchoolEvidence.objects.filter(item=item, school_id__in=school_ids, removed_at=None)
    found: defaultdict[UUID, list[SchoolEvidence]] = defaultdict(list)
    for row in rows.order_by("-attached_at", "-id"):
        found[row.school_id].append(row)
    return found
