"""What the product's own rows say beside a declared answer: computed at every reading, never kept."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from manabiya.kernel.registry import registry
from manabiya.kernel.registry.evidence import Share
from manabiya.law.checklist import percent

DAYS = 30


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
    school_ids: Collection[UUID], *, today: date, item: str | None = None
) -> dict[str, list[Actual]]:
    """Return, by item, what capabilities can show of the thirty days before ``today``.

    Only of ``item`` where one is given. What nobody can show is absent, never nought. Authorise
    the schools first.
    """
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    found: defaultdict[str, list[Actual]] = defaultdict(list)
    for evidence in registry.evidence.values():
        if item is not None and evidence.item != item:
            continue
        shares = evidence.compute(school_ids, first, last)
        if shares:
            found[evidence.item].append(
                Actual(
                    evidence.label, evidence.numerator, evidence.denominator, first, last, shares
                )
            )
    return found
