"""The list of a place: add a line, edit it, take it off."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import CatalogPaper, PaperUse, PaperUseChange
from manabiya.apps.paperwork.policies import USE_KEEP
from manabiya.apps.paperwork.services.fields import UseFields, check_use
from manabiya.apps.paperwork.services.places import (
    catalog_id,
    locked_use,
    named_once,
    noted,
    place_of,
    recorded,
    saved,
)
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service

FACTS = ("kind", "with_whom", "basis", "source", "replacement", "beyond_to", "beyond_note")


@service
def add_use(*, actor: Actor, entry: UseFields, now: datetime) -> PaperUse:
    """Put a line on the list of the actor's place.

    Raises ``Refused``, :class:`PaperworkRefused` (facts that don't hold, a name twice).
    """
    USE_KEEP.require(actor)
    school_id = place_of(actor)
    check_use(entry, school_id)
    with named_once():
        use: PaperUse = PaperUse.objects.create(
            school_id=school_id,
            catalog_paper_id=catalog_id(entry),
            listed_on=now.date(),
            **entry.columns(),
        )
    noted(use, PaperUseChange.Deed.ADDED, actor, now).save()
    recorded(actor, "paperwork.use:add", "paper_use", use.id)
    return use


@service
def add_from_catalog(*, actor: Actor, paper_ids: Collection[UUID], now: datetime) -> int:
    """Put common papers on the list with their defaults; return how many were new.

    What stands on the list already (name and kind) is left as it is. Raises ``Refused``,
    :class:`PaperworkRefused` when nothing was chosen.
    """
    USE_KEEP.require(actor)
    school_id = place_of(actor)
    papers = list(CatalogPaper.objects.filter(id__in=paper_ids, retired_at=None).order_by("name"))
    if not papers:
        raise PaperworkRefused(_("加える帳票を選んでください。"))
    listed = set(
        PaperUse.objects.filter(school_id=school_id, removed_at=None).values_list("name", "kind")
    )
    uses = [
        use_from(paper, school_id, now.date())
        for paper in papers
        if (paper.name, paper.kind) not in listed
    ]
    with named_once():
        PaperUse.objects.bulk_create(uses)
    PaperUseChange.objects.bulk_create(
        [noted(use, PaperUseChange.Deed.ADDED, actor, now) for use in uses]
    )
    recorded(actor, "paperwork.use:add-common", "paper_use", None, count=len(uses))
    return len(uses)


def use_from(paper: CatalogPaper, school_id: UUID | None, today: date) -> PaperUse:
    """Return a line made from a common paper, not yet saved."""
    facts = {field: getattr(paper, field) for field in FACTS}
    return PaperUse(
        school_id=school_id, catalog_paper_id=paper.id, name=paper.name, listed_on=today, **facts
    )


@service
def edit_use(
    *, actor: Actor, use_id: UUID, version: int, entry: UseFields, now: datetime
) -> PaperUse:
    """Write a line anew. Raises as :func:`add_use`, ``Http404``, and when somebody was first."""
    use = locked_use(actor, USE_KEEP, use_id, version)
    check_use(entry, use.school_id)
    changed = {
        name: value for name, value in entry.columns().items() if getattr(use, name) != value
    }
    if "name" in changed or "kind" in changed:
        changed["catalog_paper_id"] = catalog_id(entry)
    for name, value in changed.items():
        setattr(use, name, value)
    saved(use, changed)
    noted(use, PaperUseChange.Deed.EDITED, actor, now).save()
    recorded(actor, "paperwork.use:edit", "paper_use", use.id, fields=",".join(sorted(changed)))
    return use


@service
def remove_use(*, actor: Actor, use_id: UUID, version: int, reason: str, now: datetime) -> PaperUse:
    """Take a line off that was written by mistake; what has ended is marked as done instead."""
    use = locked_use(actor, USE_KEEP, use_id, version)
    if not rules.tidy(reason):
        raise PaperworkRefused(_("一覧から消す理由を書いてください。"))
    use.removed_at = now
    saved(use, ["removed_at"])
    noted(use, PaperUseChange.Deed.REMOVED, actor, now, reason=rules.tidy(reason)).save()
    recorded(actor, "paperwork.use:remove", "paper_use", use.id)
    return use
