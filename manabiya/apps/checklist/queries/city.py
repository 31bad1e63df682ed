"""The city at a glance: every item of a year, city and nation side by side, in the plan's bands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from manabiya.apps.checklist.models import AnswerSheet
from manabiya.apps.checklist.policies import CITY_VIEW
from manabiya.apps.checklist.queries.evidence import Actual, actuals, services_of
from manabiya.apps.checklist.queries.ways import ways_for
from manabiya.apps.checklist.queries.years import (
    Counts,
    Year,
    counts_of,
    published_of_all,
    year_label,
    years,
)
from manabiya.apps.checklist.rules import Difference, direction, gap, share
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Share, band
from manabiya.law.checklist_answers import Polarity
from manabiya.law.checklist_rounds import Figure
from manabiya.law.checklist_sets import Published, Question, definition_of
from manabiya.roster.queries import schools_of_municipality

BANDS = ("80以上", "50以上80未満", "50未満")
BAR = Decimal("3.2")
"""Width of one percent in the drawing: 100 % are 320 units."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a year. ``counted`` or ``printed`` is the city's figure; perhaps neither.

    ``actual``: what the product's rows say of the last days, None where nobody knows. ``by_service``: how
    many schools say they do it with another service. ``practices``: how many were published.
    ``prefecture``: what was published of it, where the board brought that.
    """

    question: Question
    counted: Share | None
    printed: Published | None
    nation: Published | None
    gap: Difference | None
    change: Difference | None
    actual: Actual | None = None
    by_service: int = 0
    practices: int = 0
    prefecture: Published | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return the city's share."""
        if self.counted:
            return self.counted.percent
        return self.printed.percent if self.printed else None

    @property
    def is_inverted(self) -> bool:
        """Return whether 「ない・していない」 is the good answer."""
        return self.question.polarity is Polarity.INVERTED

    @property
    def is_low(self) -> bool:
        """Return whether the city is below the nation."""
        return bool(self.gap and self.gap.points is not None and self.gap.points < 0)

    @property
    def doubt(self) -> str:
        """Return why a definition may not be what it says."""
        return self.nation.doubt if self.nation else ""

    @property
    def bar(self) -> str:
        """Return the width of the city's bar in the drawing."""
        return str((self.percent or Decimal(0)) * BAR)

    @property
    def diamond(self) -> str:
        """Return the place of the nation's mark in the drawing."""
        return str(self.nation.percent * BAR) if self.nation else ""


@dataclass(frozen=True, slots=True)
class Band:
    """The items of a band (80以上 …), in the order of the questions."""

    name: str
    lines: tuple[ItemLine, ...]

    @property
    def label(self) -> str:
        """Return the band with its sign (「50%以上80%未満」)."""
        return self.name.replace("以", "%以").replace("未", "%未")


@dataclass(frozen=True, slots=True)
class CityPage:
    """The page of a year; ``year`` is None where the city has nothing yet.

    ``open_year``: the round that is taking answers, with ``confirmed`` of ``asked`` schools.
    """

    years: Sequence[Year]
    year: Year | None
    before: Year | None
    bands: tuple[Band, ...]
    without: tuple[ItemLine, ...]
    open_year: Year | None
    confirmed: int
    asked: int

    @property
    def nation_label(self) -> str:
        """Return the year the nation's figures were published for."""
        return year_label(self.year.questions.school_year) if self.year else ""

    @property
    def lines(self) -> list[ItemLine]:
        """Return every item that has a figure."""
        return [line for band in self.bands for line in band.lines]

    @property
    def above(self) -> list[ItemLine]:
        """Return the items at or above the nation."""
        return [ln for ln in self.lines if ln.gap and ln.gap.points is not None and not ln.is_low]

    @property
    def below(self) -> list[ItemLine]:
        """Return the items below the nation, the widest gap first."""
        low = [line for line in self.lines if line.is_low]
        return sorted(low, key=lambda line: line.gap.points if line.gap else 0)  # type: ignore[return-value,arg-type]

    @property
    def at_least_80(self) -> int:
        """Return how many items reach 80 %."""
        return len(self.bands[0].lines) if self.bands else 0

    @property
    def below_50(self) -> int:
        """Return how many items stay below 50 %."""
        return len(self.bands[2].lines) if self.bands else 0


def city_page(viewer: Actor, *, school_year: int | None, today: date) -> CityPage:
    """Return a year of the city; the newest closed one where none is asked for.

    At most seventeen queries, however many schools answered.
    """
    CITY_VIEW.require(viewer)
    every = years()
    year = chosen_year(every, school_year)
    running = next((one for one in every if not one.is_final), None)
    confirmed, asked = _progress(running)
    if year is None:
        return CityPage(every, None, None, (), (), running, confirmed, asked)
    before = next((one for one in every if one.school_year < year.school_year), None)
    ids = [card.id for card in schools_of_municipality()]
    elsewhere = services_of(ids)
    ways = ways_for(viewer, [question.key for question in year.questions.questions])
    shown_now = actuals(ids, today=today, elsewhere=elsewhere)
    lines = [
        replace(
            line,
            actual=next(iter(shown_now.get(line.question.key, [])), None),
            by_service=len(elsewhere.get(line.question.key, ())),
            practices=sum(way.is_practice for way in ways.get(line.question.key, ())),
        )
        for line in item_lines(year, before)
    ]
    shown = [line for line in lines if line.percent is not None]
    bands = tuple(
        Band(name, tuple(ln for ln in shown if ln.percent is not None and band(ln.percent) == name))
        for name in BANDS
    )
    without = tuple(line for line in lines if line.percent is None)
    return CityPage(every, year, before, bands, without, running, confirmed, asked)


def chosen_year(every: Sequence[Year], school_year: int | None) -> Year | None:
    """Return the year asked for, else the newest final one, else the newest."""
    asked = [year for year in every if year.school_year == school_year]
    final = [year for year in every if year.is_final]
    return next(iter([*asked, *final, *every]), None)


def item_lines(year: Year, before: Year | None) -> list[ItemLine]:
    """Return a line for each question schools were asked."""
    counts = counts_of(year)
    published = published_of_all([year.school_year, year.questions.school_year])
    printed, beside = published[year.school_year], published[year.questions.school_year]
    earlier = _earlier(before)
    return [
        _line(question, year, counts, printed, beside, earlier)
        for question in year.questions.questions
        if question.respondent == "school"
    ]


Earlier = tuple[Year, Mapping[str, Question], Counts]


def _earlier(before: Year | None) -> Earlier | None:
    if before is None:
        return None
    return before, {q.key: q for q in before.questions.questions}, counts_of(before)


def _line(
    question: Question,
    year: Year,
    counts: Counts,
    printed: Mapping[str, Mapping[str, Published]],
    beside: Mapping[str, Mapping[str, Published]],
    earlier: Earlier | None,
) -> ItemLine:
    counted = share(question, counts.get(question.key, {}))
    own = printed.get(question.key, {}).get("city") if counted is None else None
    others = beside.get(question.key, {})
    nation = others.get("nation")
    city = counted.percent if counted else own.percent if own else None
    definition = counted.definition if counted else None
    return ItemLine(
        question=question,
        counted=counted,
        printed=own,
        nation=nation,
        gap=gap(city, definition, nation) if city is not None and nation else None,
        change=_change(question, year, counted, earlier),
        prefecture=others.get("prefecture"),
    )


def _change(
    question: Question, year: Year, counted: Share | None, earlier: Earlier | None
) -> Difference | None:
    """Return the movement since the year before; None where one of the two was not counted."""
    if counted is None or earlier is None:
        return None
    before, questions, counts = earlier
    last = questions.get(question.key)
    was = share(last, counts.get(question.key, {})) if last else None
    if last is None or was is None:
        return None
    return direction(
        counted,
        was,
        figure_of(question, year.school_year, is_final=year.is_final),
        figure_of(last, before.school_year, is_final=before.is_final),
    )


def figure_of(question: Question, school_year: int, *, is_final: bool) -> Figure:
    """Return what a counted figure of the city stands for."""
    definition = definition_of(question.answer_type)
    if definition is None:
        raise LookupError(f"{question.key} can't be counted")
    return Figure(
        school_year,
        question.key,
        definition,
        is_final=is_final,
        wording_since=question.wording_since,
        is_national=False,
    )


def _progress(running: Year | None) -> tuple[int, int]:
    if running is None:
        return 0, 0
    states = AnswerSheet.objects.filter(round=running.round, school__isnull=False)
    stamps = list(states.values_list("confirmed_at", flat=True))
    return sum(stamp is not None for stamp in stamps), len(stamps)
