"""What was told beside an answer, counted over the city."""

from dataclasses import dataclass

from django.db.models import Count

from manabiya.apps.checklist.models import FollowUpAnswer
from manabiya.apps.checklist.queries.years import Year
from manabiya.law.checklist_sets import Question


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """How many schools named each answer of what was asked next.

    ``rows``: answer → schools, in the order of the question; empty where it is told in words.
    ``schools``: that told anything.
    """

    title: str
    rows: tuple[tuple[str, int], ...]
    schools: int


def follow_up_counts(year: Year, question: Question) -> FollowUpCounts | None:
    """Return the counts over confirmed sheets; None where nothing is asked next (two queries)."""
    if year.round is None or not question.follow_up:
        return None
    told = FollowUpAnswer.objects.filter(
        sheet__round=year.round,
        sheet__confirmed_at__isnull=False,
        sheet__school__isnull=False,
        item=question.key,
    )
    counts = dict(told.values_list("value").annotate(n=Count("id")))
    return FollowUpCounts(
        question.follow_up_title,
        tuple((name, counts.get(name, 0)) for name in question.follow_up_choices),
        told.values("sheet").distinct().count(),
    )
