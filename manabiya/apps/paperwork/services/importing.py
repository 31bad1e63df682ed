"""A list from a workbook: all of its lines or none."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from manabiya.apps.paperwork.models import CatalogPaper, PaperUse, PaperUseChange
from manabiya.apps.paperwork.policies import USE_KEEP
from manabiya.apps.paperwork.services.fields import UseFields, check_use
from manabiya.apps.paperwork.services.places import named_once, noted, place_of, recorded
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def import_uses(*, actor: Actor, entries: Sequence[UseFields], digest: str, now: datetime) -> int:
    """Put the lines of a file on the list of the actor's place; return how many were new.

    What stands there already (name and kind) is left as it is. ``digest``: of the file, for the
    audit. Raises ``Refused``, :class:`PaperworkRefused`.
    """
    USE_KEEP.require(actor)
    school_id = place_of(actor)
    if not entries:
        raise PaperworkRefused(_("加える行がありません。"))
    listed = set(
        PaperUse.objects.filter(school_id=school_id, removed_at=None).values_list("name", "kind")
    )
    papers = {
        (paper.name, paper.kind): paper.id for paper in CatalogPaper.objects.filter(retired_at=None)
    }
    uses = []
    for entry in entries:
        check_use(entry, school_id)
        columns = entry.columns()
        key = (columns["name"], columns["kind"])
        if key not in listed:
            listed.add(key)
            uses.append(
                PaperUse(
                    school_id=school_id,
                    listed_on=now.date(),
                    catalog_paper_id=papers.get(key),
                    **columns,
                )
            )
    with named_once():
        PaperUse.objects.bulk_create(uses)
    PaperUseChange.objects.bulk_create(
        [noted(use, PaperUseChange.Deed.ADDED, actor, now) for use in uses]
    )
    recorded(actor, "paperwork.use:import", "paper_use", None, count=len(uses), digest=digest)
    return len(uses)
