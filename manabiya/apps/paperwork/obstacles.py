"""Why paper, seals and FAX are still used, over the lists of all schools."""

from django.db.models import Count

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import PaperUse
from manabiya.apps.paperwork.policies import CITY_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Obstacle, Obstacles

KINDS = {"no_fax": "fax", "no_seal_documents": "seal", "no_paper_documents": "paper"}


def causes(*, viewer: Actor, item: str) -> list[Obstacle]:
    """Return why lines of the schools still are in use, for the board (one query)."""
    if item not in KINDS or not CITY_VIEW.may(viewer):
        return []
    rows = (
        PaperUse.objects.filter(
            school__isnull=False, kind=KINDS[item], removed_at=None, done_on=None
        )
        .order_by()
        .values_list("basis")
        .annotate(count=Count("id"), schools=Count("school_id", distinct=True))
    )
    found = [Obstacle(rules.BASES[basis], count, schools) for basis, count, schools in rows]
    return sorted(found, key=lambda one: (-one.count, one.word))


OBSTACLES = (Obstacles("paperwork-causes", "業務・帳票の見直しで、まだ残っている件数", causes),)
