"""One school: what it does well, the next three steps, and the real shares beside its answers.

A school sees itself, the city and the spread without names. The city's shares are those of the
newest closed round with at least five schools behind each; where they can't be shown, the nation's
published ones stand in their place.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count
from django.http import Http404

from manabiya.apps.checklist.models import AnswerSheet, ChecklistAnswer
from manabiya.apps.checklist.next_steps import Chance, NextStep, next_steps
from manabiya.apps.checklist.policies import CITY_VIEW, SHEET_VIEW
from manabiya.apps.checklist.queries.kinds import KINDS
from manabiya.apps.checklist.queries.ways import ways_for
from manabiya.apps.checklist.queries.years import Year, counts_of, published_of, years
from manabiya.apps.checklist.rules import (
    FEWEST_SCHOOLS,
    good_answers,
    is_same_definition,
    share,
    word,
)
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Way
from manabiya.law.checklist import Answer, Share
from manabiya.law.checklist_sets import Published, Question, definition_of
from manabiya.roster.queries import SchoolCard, schools_of_municipality

RARE = Decimal(50)
AREA = {"city": "市", "nation": "全国"}


@dataclass(frozen=True, slots=True)
class StandingLine:
    """An item with the school's answer; ``percent`` of ``whose`` (市 or 全国), None: not known."""

    question: Question
    answer: str
    is_good: bool
    percent: Decimal | None
    whose: str

    @property
    def is_rare(self) -> bool:
        """Return whether fewer than half of the schools do it."""
        return self.percent is not None and self.percent < RARE


@dataclass(frozen=True, slots=True)
class StepLine:
    """A proposed step with what is at hand for it."""

    step: NextStep
    line: StandingLine
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The page of a school; ``year``: of its newest confirmed answers, None before the first.

    ``of_city``: the round the city's shares are of, None where they can't be shown.
    """

    school: SchoolCard
    year: Year | None
    of_city: Year | None
    lines: tuple[StandingLine, ...]
    steps: tuple[StepLine, ...]

    @property
    def strengths(self) -> list[StandingLine]:
        """Return what the school does, the rarest first."""
        good = [line for line in self.lines if line.is_good]
        return sorted(good, key=lambda ln: (ln.percent is None, ln.percent or 0))

    @property
    def rare(self) -> list[StandingLine]:
        """Return what the school does and fewer than half of the schools do."""
        return [line for line in self.strengths if line.is_rare]

    @property
    def usual(self) -> list[StandingLine]:
        """Return what the school does and at least half of the schools do."""
        return [line for line in self.strengths if not line.is_rare]

    @property
    def answered(self) -> int:
        """Return how many items the school answered."""
        return sum(bool(line.answer) for line in self.lines)


def own_standing(viewer: Actor) -> Standing:
    """Return the standing of the viewer's school."""
    SHEET_VIEW.require(viewer)
    return _standing(viewer, own_card(viewer))


def school_standing(viewer: Actor, *, school_id: UUID) -> Standing:
    """Return the standing of a school for the board; 404 for one that is not of the city."""
    CITY_VIEW.require(viewer)
    return _standing(viewer, _card(school_id))


def own_card(viewer: Actor) -> SchoolCard:
    """Return the viewer's school."""
    return _card(viewer.at)


def _card(school_id: UUID) -> SchoolCard:
    found = next((card for card in schools_of_municipality() if card.id == school_id), None)
    if found is None:
        raise Http404
    return found


def _standing(viewer: Actor, card: SchoolCard) -> Standing:
    every = years()
    sheet = (
        AnswerSheet.objects.filter(school_id=card.id, confirmed_at__isnull=False)
        .order_by("-round__school_year")
        .first()
    )
    if sheet is None:
        return Standing(card, None, None, (), ())
    year = next(one for one in every if one.round and one.round.id == sheet.round_id)
    answers = dict(sheet.answers.values_list("item", "value"))
    closed = next((one for one in every if one.round and one.is_final), None)
    shares = city_shares(closed)
    nation = published_of(year.questions.school_year)
    lines = tuple(
        _line(question, answers.get(question.key, ""), shares, nation)
        for question in year.questions.questions
        if question.respondent == "school" and question.scale
    )
    steps = _steps(viewer, card, lines, answers, closed)
    return Standing(card, year, closed if shares else None, lines, steps)


def _line(
    question: Question,
    value: str,
    shares: Mapping[str, Share],
    nation: Mapping[str, Mapping[str, Published]],
) -> StandingLine:
    said = word(question, Answer(value)) if value else ""
    percent, area = _percent(question, shares, nation)
    return StandingLine(
        question, said, value in good_answers(question), percent, AREA.get(area, "")
    )


def _percent(
    question: Question, shares: Mapping[str, Share], nation: Mapping[str, Mapping[str, Published]]
) -> tuple[Decimal | None, str]:
    if counted := shares.get(question.key):
        return counted.percent, "city"
    beside, definition = (
        nation.get(question.key, {}).get("nation"),
        definition_of(question.answer_type),
    )
    if beside is None or definition is None or beside.is_definition_doubtful:
        return None, ""
    is_same = is_same_definition(definition, beside.said_definition)
    return (beside.percent, "nation") if is_same else (None, "")


def city_shares(
    closed: Year | None, counts: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, Share]:
    """Return the shares of a closed round that have at least five schools behind them.

    ``counts``: of some of the schools; None: of all (one query).
    """
    if closed is None:
        return {}
    given = counts_of(closed) if counts is None else counts
    found = {
        question.key: share(question, given.get(question.key, {}))
        for question in closed.questions.questions
        if question.respondent == "school"
    }
    return {key: one for key, one in found.items() if one and one.n >= FEWEST_SCHOOLS}


def _steps(
    viewer: Actor,
    card: SchoolCard,
    lines: Sequence[StandingLine],
    answers: Mapping[str, str],
    closed: Year | None,
) -> tuple[StepLine, ...]:
    open_lines = {ln.question.key: ln for ln in lines if ln.answer and not ln.is_good}
    ways = ways_for(viewer, open_lines)
    similar = city_shares(closed, _counts_of_kind(closed, card.kind)) if closed else {}
    chances = [
        Chance(
            key=key,
            number=line.question.number,
            percent=line.percent,
            whose=line.whose,
            similar=similar[key].percent if key in similar else None,
            kind=KINDS.get(card.kind, ""),
            has_begun=answers.get(key) == Answer.LESS_THAN_HALF.value,
            practices=sum(way.is_practice for way in ways.get(key, ())),
            pages=sum(not way.is_practice for way in ways.get(key, ())),
        )
        for key, line in open_lines.items()
    ]
    return tuple(
        StepLine(step, open_lines[step.chance.key], tuple(ways.get(step.chance.key, ())[:3]))
        for step in next_steps(chances)
    )


def _counts_of_kind(closed: Year, kind: str) -> dict[str, dict[str, int]]:
    """Return the answers of the schools of one kind in a closed round (one query)."""
    rows = (
        ChecklistAnswer.objects.filter(
            sheet__round=closed.round,
            sheet__school__kind=kind,
            sheet__confirmed_at__isnull=False,
        )
        .values_list("item", "value")
        .annotate(n=Count("id"))
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for item, value, count in rows:
        found[item][value] = count
    return found
