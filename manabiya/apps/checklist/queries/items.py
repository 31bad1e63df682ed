"""One item: spread over the answers, kinds of schools, years with breaks, published figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.http import Http404

from manabiya.apps.checklist.models import ChecklistAnswer
from manabiya.apps.checklist.policies import CITY_VIEW, OUTREACH_SET
from manabiya.apps.checklist.queries.behind import BehindItem, behind_items
from manabiya.apps.checklist.queries.city import (
    ItemLine,
    chosen_year,
    item_lines,
)
from manabiya.apps.checklist.queries.evidence import PRODUCT, SERVICE, UNKNOWN, Actual, actuals
from manabiya.apps.checklist.queries.follow_ups import FollowUpCounts, follow_up_counts
from manabiya.apps.checklist.queries.kinds import KINDS
from manabiya.apps.checklist.queries.outreach import board_people
from manabiya.apps.checklist.queries.places import PlaceRow, place_rows
from manabiya.apps.checklist.queries.rounds import RoundRow, item_rows
from manabiya.apps.checklist.queries.ways import ways_for
from manabiya.apps.checklist.queries.years import Year, counts_of, year_label, years
from manabiya.apps.checklist.rules import word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import Obstacle, Way, registry
from manabiya.law.checklist_sets import Question
from manabiya.roster.queries import schools_of_municipality


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How many schools gave an answer, in all and by kind of school."""

    answer: str
    schools: int
    by_kind: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The page of an item in a year."""

    year: Year
    line: ItemLine
    kinds: tuple[str, ...]
    spread: tuple[SpreadRow, ...]
    years: tuple[RoundRow, ...]
    behind: BehindItem | None
    people: Sequence[tuple[UUID, str]]
    may_set: bool
    today: date
    actuals: tuple[Actual, ...]
    places: tuple[PlaceRow, ...]
    ways: tuple[Way, ...]
    obstacles: tuple[tuple[str, list[Obstacle]], ...]
    follow_ups: FollowUpCounts | None = None

    @property
    def nation_label(self) -> str:
        """Return the year the nation's figure was published for."""
        return year_label(self.year.questions.school_year)

    @property
    def practices(self) -> list[Way]:
        """Return what other schools wrote about the item."""
        return [way for way in self.ways if way.is_practice]

    @property
    def pages(self) -> list[Way]:
        """Return where the product helps with the item."""
        return [way for way in self.ways if not way.is_practice]

    def from_source(self, source: str) -> int:
        """Return for how many schools the real share comes from a source."""
        return sum(place.source == source for place in self.places)

    @property
    def by_service(self) -> int:
        """Return how many schools say they use another service."""
        return self.from_source(SERVICE)

    @property
    def by_product(self) -> int:
        """Return for how many schools the product counts."""
        return self.from_source(PRODUCT)

    @property
    def unknown(self) -> int:
        """Return for how many schools nothing is known."""
        return self.from_source(UNKNOWN)


def item_page(viewer: Actor, *, item: str, school_year: int | None, today: date) -> ItemPage:
    """Return an item of a year; 404 for one that was not asked of schools then."""
    CITY_VIEW.require(viewer)
    every = years()
    year = chosen_year(every, school_year)
    if year is None:
        raise Http404
    before = next((one for one in every if one.school_year < year.school_year), None)
    line = next((ln for ln in item_lines(year, before) if ln.question.key == item), None)
    if line is None:
        raise Http404
    kinds, spread = _spread(line.question, year)
    closed = next((one for one in every if one.round and one.is_final), None)
    is_newest = closed is not None and closed.school_year == year.school_year
    behind = behind_items([line], every) if is_newest else ()
    cards = schools_of_municipality()
    found = actuals([card.id for card in cards], today=today, item=item).get(item, [])
    may_set = OUTREACH_SET.may(viewer)
    return ItemPage(
        year=year,
        line=line,
        kinds=kinds,
        spread=spread,
        years=item_rows(item, every),
        behind=next(iter(behind), None),
        people=board_people(today) if behind and may_set else (),
        may_set=may_set,
        today=today,
        actuals=tuple(found),
        places=place_rows(line.question, year, cards, found),
        ways=tuple(ways_for(viewer, [item]).get(item, ())),
        obstacles=_obstacles(viewer, item),
        follow_ups=follow_up_counts(year, line.question),
    )


def _obstacles(viewer: Actor, item: str) -> tuple[tuple[str, list[Obstacle]], ...]:
    """Return what apps count of the causes: the words of a row, and the causes."""
    counted = (
        (one.label, one.count(viewer=viewer, item=item)) for one in registry.obstacles.values()
    )
    return tuple((label, found) for label, found in counted if found)


def _spread(question: Question, year: Year) -> tuple[tuple[str, ...], tuple[SpreadRow, ...]]:
    """Return the kinds of schools there are, and a row for each answer."""
    if year.round is None:
        counts = counts_of(year).get(question.key, {})
        rows = [(value, "", count) for value, count in counts.items()]
    else:
        found = ChecklistAnswer.objects.filter(
            sheet__round=year.round, sheet__confirmed_at__isnull=False, item=question.key
        ).exclude(sheet__school=None)
        grouped = found.values_list("value", "sheet__school__kind").annotate(n=Count("id"))
        rows = list(grouped)
    table: defaultdict[tuple[str, str], int] = defaultdict(int)
    for value, kind, count in rows:
        table[value, kind] += count
    kinds = tuple(kind for kind in KINDS if any(key[1] == kind for key in table))
    spread = tuple(
        SpreadRow(
            word(question, answer),
            sum(count for key, count in table.items() if key[0] == answer.value),
            tuple(table[answer.value, kind] for kind in kinds),
        )
        for answer in question.scale
    )
    return tuple(KINDS[kind] for kind in kinds), spread if table else ()
