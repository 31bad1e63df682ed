"""The list of practices: recommended first, then by how many schools follow."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from manabiya.apps.practices.models import Practice
from manabiya.apps.practices.policies import PRACTICE_WRITE
from manabiya.apps.practices.queries.items import ItemChoice, item_choices
from manabiya.apps.practices.queries.reading import readable
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist_items import ITEMS

FOLLOWED = Count("follows", filter=Q(follows__ended_at=None))
TRIED = Count("follows", filter=Q(follows__ended_at=None, follows__tried_at__isnull=False))


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """A practice in the list, with how many schools follow it and how many tried it."""

    practice: Practice
    item_label: str
    followed: int
    tried: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class PracticeList:
    """What was asked for, the published practices, and the own school's unpublished ones."""

    item: str
    words: str
    lines: tuple[PracticeLine, ...]
    drafts: tuple[PracticeLine, ...]
    items: tuple[ItemChoice, ...]
    may_write: bool

    @property
    def low_items(self) -> list[ItemChoice]:
        """Return the items few schools do, the rarest first."""
        return sorted((i for i in self.items if i.is_low), key=lambda i: i.percent)


def practice_list(viewer: Actor, *, code: str, item: str = "", words: str = "") -> PracticeList:
    """Return the practices the viewer reads (two queries); ``words``: all must occur."""
    rows = readable(viewer).select_related("school").annotate(followed=FOLLOWED, tried=TRIED)
    if item in ITEMS:
        rows = rows.filter(item=item)
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(before__icontains=word)
            | Q(after__icontains=word)
            | Q(steps__icontains=word)
            | Q(school__name__icontains=word)
        )
    order = (F("recommended_at").desc(nulls_last=True), "-followed", "-published_at", "-id")
    lines = [_line(viewer, row) for row in rows.order_by(*order)]
    is_open = [line.practice.state == Practice.State.PUBLISHED for line in lines]
    return PracticeList(
        item=item if item in ITEMS else "",
        words=words,
        lines=tuple(line for line, shown in zip(lines, is_open, strict=True) if shown),
        drafts=tuple(line for line, shown in zip(lines, is_open, strict=True) if not shown),
        items=tuple(item_choices(viewer, code)),
        may_write=viewer.school_id is not None and PRACTICE_WRITE.may(viewer),
    )


def _line(viewer: Actor, row: Practice) -> PracticeLine:
    return PracticeLine(
        practice=row,
        item_label=ITEMS[row.item].label,
        followed=row.followed,  # type: ignore[attr-defined]
        tried=row.tried,  # type: ignore[attr-defined]
        is_own=row.school_id == viewer.school_id,
    )
