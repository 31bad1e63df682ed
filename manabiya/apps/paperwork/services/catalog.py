"""The common papers, kept by the board."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.paperwork.models import CatalogPaper
from manabiya.apps.paperwork.policies import CATALOG_KEEP
from manabiya.apps.paperwork.services.fields import UseFields, check_facts
from manabiya.apps.paperwork.services.places import named_once, recorded
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def keep_catalog_paper(
    *, actor: Actor, paper_id: UUID | None, version: int, entry: UseFields, now: datetime
) -> CatalogPaper:
    """Write a common paper, a new one without ``paper_id``; lines made from it stay as they are.

    Raises ``Refused``, ``Http404``, :class:`PaperworkRefused`.
    """
    CATALOG_KEEP.require(actor)
    check_facts(entry)
    if paper_id is None:
        with named_once():
            paper: CatalogPaper = CatalogPaper.objects.create(**entry.facts())
    else:
        paper = _locked(actor, paper_id, version)
        for name, value in entry.facts().items():
            setattr(paper, name, value)
        paper.version += 1
        with named_once():
            paper.save()
    recorded(actor, "paperwork.catalog:keep", "catalog_paper", paper.id)
    return paper


@service
def retire_catalog_paper(
    *, actor: Actor, paper_id: UUID, version: int, now: datetime
) -> CatalogPaper:
    """Offer a common paper no more, or again; raises as :func:`keep_catalog_paper`."""
    CATALOG_KEEP.require(actor)
    paper = _locked(actor, paper_id, version)
    paper.retired_at = None if paper.retired_at else now
    paper.version += 1
    paper.save()
    recorded(actor, "paperwork.catalog:retire", "catalog_paper", paper.id)
    return paper


def _locked(actor: Actor, paper_id: UUID, version: int) -> CatalogPaper:
    rows = CatalogPaper.objects.select_for_update(no_key=True)
    paper: CatalogPaper = CATALOG_KEEP.get(actor, rows, pk=paper_id)
    if paper.version != version:
        raise PaperworkRefused(
            _("ほかの人が先に書き直しました。いまの内容を見て、もう一度お試しください。")
        )
    return paper
