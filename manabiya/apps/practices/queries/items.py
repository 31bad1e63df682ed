"""The items of the checklist practices belong to, and which of them are still rare (below 50 %)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F

from manabiya.apps.checklist.queries import shipped_set
from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.queries.reading import readable
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way
from manabiya.law.checklist_items import ITEMS

ROUND = "r5"
LOW = Decimal(50)
"""Per cent of schools below which an item is one to learn from others."""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """An item with its published percentage, whose it is, and how many practices there are."""

    key: str
    label: str
    percent: Decimal
    area: str
    count: int = 0

    @property
    def is_low(self) -> bool:
        """Return whether fewer than half of the schools do it."""
        return self.percent < LOW


def item_choices(viewer: Actor, code: str) -> list[ItemChoice]:
    """Return the items in the order of the list (one query).

    ``code``: 団体コード of the municipality; its own figure is taken where one was published, else
    the nation's.
    """
    published = readable(viewer).filter(state=Practice.State.PUBLISHED)
    counts = dict(published.order_by().values_list("item").annotate(Count("id")))
    shipped = shipped_set(ROUND)
    own = (
        {q.key: q.figure_of("city") for q in shipped.questions} if shipped.city_code == code else {}
    )
    found = []
    for item in ITEMS.values():
        figure = own.get(item.key)
        percent, area = (figure.percent, "市") if figure else (item.national_percent, "全国")
        found.append(ItemChoice(item.key, item.label, percent, area, counts.get(item.key, 0)))
    return found


def low_items(viewer: Actor, code: str) -> list[ItemChoice]:
    """Return the items fewer than half of the schools do, the rarest first."""
    low = [item for item in item_choices(viewer, code) if item.is_low]
    return sorted(low, key=lambda item: item.percent)


def practices_for(viewer: Actor, item: str) -> list[Practice]:
    """Return the published practices of an item, recommended ones first (one query)."""
    return _published(viewer, [item])


def ways(*, viewer: Actor, items: Collection[str]) -> list[Way]:
    """Return the published practices of items as ways to do them (one query)."""
    route = "board-practice" if viewer.school_id is None else "practice"
    return [
        Way(
            item=practice.item,
            title=practice.title,
            route=route,
            values={"practice": practice.id},
            by=practice.school.name,
            is_practice=True,
        )
        for practice in _published(viewer, items)
    ]


def _published(viewer: Actor, items: Collection[str]) -> list[Practice]:
    rows = readable(viewer).filter(state=Practice.State.PUBLISHED, item__in=items)
    newest = F("recommended_at").desc(nulls_last=True)
    return list(rows.select_related("school").order_by(newest, "-published_at", "-id"))
