"""One item for a school: its answer, the city without names, what counts and what it attached."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from manabiya.apps.checklist.models import AnswerSheet, SchoolEvidence
from manabiya.apps.checklist.policies import EVIDENCE_ATTACH, SHEET_VIEW
from manabiya.apps.checklist.queries.evidence import Actual, actuals, attached_to
from manabiya.apps.checklist.queries.places import PlaceRow, place_row
from manabiya.apps.checklist.queries.standing import own_card
from manabiya.apps.checklist.queries.ways import ways_for
from manabiya.apps.checklist.queries.years import Year, counts_of, published_of, year_label, years
from manabiya.apps.checklist.rules import FEWEST_SCHOOLS, share, word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way
from manabiya.law.checklist import Share
from manabiya.law.checklist_sets import AREAS, Published, Question


@dataclass(frozen=True, slots=True)
class SpreadCell:
    """How many schools of the city gave an answer; ``schools`` is None for one to four of them."""

    answer: str
    schools: int | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class OwnItem:
    """The page of an item at a school.

    ``closed`` and ``city``: the round and the city's share of it, None where it can't be shown.
    ``beside``: what was published of prefecture and nation for the questions of that year.
    """

    question: Question
    year: Year
    place: PlaceRow
    actuals: tuple[Actual, ...]
    closed: Year | None
    city: Share | None
    spread: tuple[SpreadCell, ...]
    ways: tuple[Way, ...]
    may_attach: bool
    beside: tuple[tuple[str, Published], ...]

    @property
    def beside_label(self) -> str:
        """Return the year those figures were published for."""
        return year_label(self.year.questions.school_year)

    @property
    def evidence(self) -> list[SchoolEvidence]:
        """Return what the school attached, another service first."""
        service = self.place.service
        return [*([service] if service else []), *self.place.attached]


def own_item(viewer: Actor, *, item: str, today: date) -> OwnItem:
    """Return an item of the newest round for the viewer's school; 404 for one it was not asked."""
    SHEET_VIEW.require(viewer)
    every = years()
    year = next((one for one in every if one.round), None)
    asked = year.questions.questions if year else ()
    question = next((q for q in asked if q.key == item and q.respondent == "school"), None)
    if year is None or question is None:
        raise Http404
    card = own_card(viewer)
    value = _answer(viewer, year, item)
    found = tuple(actuals([card.id], today=today, item=item).get(item, ()))
    attached = attached_to(item, [card.id]).get(card.id, [])
    closed = next((one for one in every if one.round and one.is_final), None)
    city, spread = _city(question, closed, value)
    return OwnItem(
        question=question,
        year=year,
        place=place_row(question, card, value, found, attached),
        actuals=found,
        closed=closed if city else None,
        city=city,
        spread=spread,
        ways=tuple(ways_for(viewer, [item]).get(item, ())),
        may_attach=EVIDENCE_ATTACH.may(viewer),
        beside=_beside(year, item),
    )


def _beside(year: Year, item: str) -> tuple[tuple[str, Published], ...]:
    """Return the published figures beside the city's, each under what its area is called."""
    published = published_of(year.questions.school_year).get(item, {})
    return tuple(
        (AREAS[area], published[area]) for area in ("prefecture", "nation") if area in published
    )


def _answer(viewer: Actor, year: Year, item: str) -> str:
    sheets = SHEET_VIEW.filter(viewer, AnswerSheet.objects.filter(school_id=viewer.at))
    values = sheets.filter(round=year.round, answers__item=item)
    return str(values.values_list("answers__value", flat=True).first() or "")


def _city(
    question: Question, closed: Year | None, value: str
) -> tuple[Share | None, tuple[SpreadCell, ...]]:
    """Return share and spread of the closed round; nothing with fewer than five schools."""
    counts = counts_of(closed).get(question.key, {}) if closed else {}
    counted = share(question, counts)
    if counted is None or counted.n < FEWEST_SCHOOLS:
        return None, ()
    return counted, tuple(
        SpreadCell(
            word(question, answer),
            None
            if 0 < counts.get(answer.value, 0) < FEWEST_SCHOOLS
            else counts.get(answer.value, 0),
            answer.value == value,
        )
        for answer in question.scale
    )
