"""What is left of a kind at a school in a period: evidence, counted from the lines each time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.paperwork.models import PaperUse

SOURCE = "業務・帳票の見直し"


@dataclass(frozen=True, slots=True)
class PaperLeft:
    """``numerator``: lines used at some time in the period; ``denominator``: lines ever listed.

    Both None where the school had no list by the end of the period: unknown is no zero.
    """

    numerator: int | None
    denominator: int | None
    source: str
    as_of: date


def paper_left(*, school_id: UUID, kind: str, first: date, last: date) -> PaperLeft:
    """Return how many lines of ``kind`` (``fax``, ``seal`` …) a school used in a period (one query).

    ``first`` to ``last``, both included. The caller has authorised the school.
    """
    unknown = PaperLeft(None, None, SOURCE, last)
    return papers_left([school_id], kind, first, last).get(school_id, unknown)


def papers_left(
    school_ids: Collection[UUID], kind: str, first: date, last: date
) -> dict[UUID, PaperLeft]:
    """Return the same of each school that has a list (one query).

    A line counts from the day it was listed; one that ended, up to the day before it did.
    """
    rows = PaperUse.objects.filter(
        school_id__in=school_ids, removed_at=None, listed_on__lte=last
    ).values_list("school_id", "kind", "done_on")
    by_school: dict[UUID, list[date | None]] = defaultdict(list)
    for school_id, of_kind, done_on in rows:
        ended = by_school[school_id]
        if of_kind == kind:
            ended.append(done_on)
    return {
        school_id: PaperLeft(
            sum(done_on is None or done_on > first for done_on in ended),
            len(ended),
            SOURCE,
            last,
        )
        for school_id, ended in by_school.items()
    }
