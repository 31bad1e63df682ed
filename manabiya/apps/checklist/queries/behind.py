"""Schools that don't do an item of the band 80以上 yet: for the board only, with owner and date.

Those are the items every school is to do soon. Below that band no school is named as behind.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from manabiya.apps.checklist.models import AnswerSheet, ChecklistAnswer, Outreach
from manabiya.apps.checklist.policies import CITY_VIEW, OUTREACH_SET
from manabiya.apps.checklist.queries.city import ItemLine, item_lines
from manabiya.apps.checklist.queries.outreach import board_people, outreach_by_place
from manabiya.apps.checklist.queries.years import Year, years
from manabiya.apps.checklist.rules import good_answers, word
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Answer
from manabiya.law.checklist_sets import Question
from manabiya.roster.queries import schools_of_municipality

EVERY_SCHOOL = Decimal(80)
"""From this share on, an item is one every school is to do soon."""
Given = Mapping[UUID, Mapping[str, str]]
"""School → item → answer, of confirmed sheets."""


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A school that didn't do it in the closed round.

    ``answer``: in words, empty for none. ``is_done``: it does since, by its confirmed answer of the
    open round. ``outreach``: what the board decided, if anything.
    """

    school_id: UUID
    school: str
    answer: str
    is_done: bool
    outreach: Outreach | None

    def is_late(self, today: date) -> bool:
        """Return whether the day that was set has gone by."""
        return bool(self.outreach and not self.is_done and self.outreach.due_on < today)


@dataclass(frozen=True, slots=True)
class BehindItem:
    """An item of the band with the schools that are behind."""

    line: ItemLine
    schools: tuple[BehindLine, ...]

    @property
    def waiting(self) -> list[BehindLine]:
        """Return the schools that still don't do it."""
        return [one for one in self.schools if not one.is_done]


@dataclass(frozen=True, slots=True)
class BehindPage:
    """All items of the band; ``year`` is None before the first closed round."""

    year: Year | None
    items: tuple[BehindItem, ...]
    people: Sequence[tuple[UUID, str]]
    may_set: bool
    today: date

    @property
    def places(self) -> list[BehindLine]:
        """Return every school and item that still waits."""
        return [line for item in self.items for line in item.waiting]

    @property
    def without_owner(self) -> int:
        """Return for how many nobody has been named."""
        return sum(line.outreach is None for line in self.places)

    @property
    def late(self) -> int:
        """Return for how many the day has gone by."""
        return sum(line.is_late(self.today) for line in self.places)

    @property
    def done(self) -> int:
        """Return how many have come to do it since."""
        return sum(line.is_done for item in self.items for line in item.schools)


def behind_page(viewer: Actor, *, today: date) -> BehindPage:
    """Return the schools behind in the band 80以上 of the newest closed round."""
    CITY_VIEW.require(viewer)
    every = years()
    year = _closed(every)
    may_set = OUTREACH_SET.may(viewer)
    people = board_people(today) if may_set else []
    if year is None:
        return BehindPage(None, (), people, may_set, today)
    return BehindPage(year, behind_items(item_lines(year, None), every), people, may_set, today)


def behind_of(item: str) -> tuple[BehindLine, ...]:
    """Return the schools behind in one item; nobody where it is not of the band."""
    every = years()
    year = _closed(every)
    lines = item_lines(year, None) if year else []
    found = behind_items([line for line in lines if line.question.key == item], every)
    return found[0].schools if found else ()


def behind_items(lines: Sequence[ItemLine], every: Sequence[Year]) -> tuple[BehindItem, ...]:
    """Return the items of the band 80以上 among ``lines`` (of the newest closed round)."""
    year = _closed(every)
    band = [ln for ln in lines if ln.counted and ln.counted.percent >= EVERY_SCHOOL]
    if year is None or not band:
        return ()
    then = _answers(year)
    running = next((one for one in every if not one.is_final), None)
    now = _answers(running) if running else {}
    questions = {q.key: q for q in running.questions.questions} if running else {}
    decided = outreach_by_place()
    asked = set(
        AnswerSheet.objects.filter(round=year.round, school__isnull=False).values_list(
            "school_id", flat=True
        )
    )
    cards = [card for card in schools_of_municipality() if card.id in asked]
    found = []
    for line in band:
        question, key = line.question, line.question.key
        schools = tuple(
            BehindLine(
                card.id,
                card.name,
                _said(question, then.get(card.id, {}).get(key, "")),
                _does(questions.get(key), now.get(card.id, {}).get(key, "")),
                decided.get((key, card.id)),
            )
            for card in cards
            if not _does(question, then.get(card.id, {}).get(key, ""))
        )
        found.append(BehindItem(line, schools))
    return tuple(found)


def _closed(every: Sequence[Year]) -> Year | None:
    return next((one for one in every if one.round and one.is_final), None)


def _answers(year: Year) -> Given:
    rows = ChecklistAnswer.objects.filter(
        sheet__round=year.round, sheet__confirmed_at__isnull=False, sheet__school__isnull=False
    )
    found: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for school_id, item, value in rows.values_list("sheet__school_id", "item", "value"):
        found[school_id][item] = value
    return found


def _does(question: Question | None, value: str) -> bool:
    return question is not None and value in good_answers(question)


def _said(question: Question, value: str) -> str:
    return word(question, Answer(value)) if value else ""
