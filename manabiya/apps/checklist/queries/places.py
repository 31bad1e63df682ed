"""An item school by school, for the board: the real share with its source, beside the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from manabiya.apps.checklist.models import ChecklistAnswer, SchoolEvidence
from manabiya.apps.checklist.queries.evidence import (
    PRODUCT,
    SERVICE,
    SOURCES,
    UNKNOWN,
    Actual,
    attached_to,
)
from manabiya.apps.checklist.queries.years import Year
from manabiya.apps.checklist.rules import word
from manabiya.kernel.registry import Share
from manabiya.law.checklist import Answer
from manabiya.law.checklist_sets import Question
from manabiya.roster.queries import SchoolCard


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A school: what it declared, the source of its real share, and the share.

    ``shares``: one for each real figure of the item, None where it is not known. ``service``: the
    other service it uses. ``attached``: figures and words of its own.
    """

    school: SchoolCard
    answer: str
    shares: tuple[Share | None, ...]
    service: SchoolEvidence | None
    attached: tuple[SchoolEvidence, ...]

    @property
    def source(self) -> str:
        """Return where the real share comes from: product, service or unknown."""
        if self.service:
            return SERVICE
        return PRODUCT if any(self.shares) else UNKNOWN

    @property
    def source_label(self) -> str:
        """Return the source in words."""
        return str(SOURCES[self.source])


def place_rows(
    question: Question, year: Year, cards: Sequence[SchoolCard], found: Sequence[Actual]
) -> tuple[PlaceRow, ...]:
    """Return a row for every school, in their order (two queries)."""
    answers = ChecklistAnswer.objects.filter(
        sheet__round=year.round, sheet__confirmed_at__isnull=False, item=question.key
    ).exclude(sheet__school=None)
    declared = dict(answers.values_list("sheet__school_id", "value")) if year.round else {}
    attached = attached_to(question.key, [card.id for card in cards])
    return tuple(
        place_row(question, card, declared.get(card.id, ""), found, attached.get(card.id, []))
        for card in cards
    )


def place_row(
    question: Question,
    card: SchoolCard,
    value: str,
    found: Sequence[Actual],
    attached: Sequence[SchoolEvidence],
) -> PlaceRow:
    """Return the row of one school."""
    service = next((one for one in attached if one.kind == SchoolEvidence.Kind.SERVICE), None)
    return PlaceRow(
        card,
        word(question, Answer(value)) if value else "",
        tuple(actual.by_school.get(card.id) for actual in found),
        service,
        tuple(one for one in attached if one is not service),
    )
