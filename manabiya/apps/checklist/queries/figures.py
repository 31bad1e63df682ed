"""The city's figures of its years for other apps: the percentage, and what it stands for.

A figure to be moved by a plan counts what a school can change: of an inverted question those that
still answer 「ある・使用している」, so that it goes down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from manabiya.apps.checklist.plan_table import PlanRow, plan_figure_of, plan_rows
from manabiya.apps.checklist.policies import CITY_VIEW
from manabiya.apps.checklist.queries.city import ItemLine, item_lines
from manabiya.apps.checklist.queries.years import Counts, Year, counts_of, year_label, years
from manabiya.apps.checklist.rules import SAME
from manabiya.apps.checklist.shipped import shipped_set
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Answer, share_of
from manabiya.law.checklist_answers import DEFINITIONS, Definition, Polarity
from manabiya.law.checklist_rounds import Figure
from manabiya.law.checklist_sets import SCALES, Published, Question, definition_of

__all__ = [
    "CityFigure",
    "ItemLine",
    "PlanRow",
    "YearFigures",
    "plan_figure_of",
    "plan_rows",
    "shipped_set",
    "year_figures",
    "year_label",
]


@dataclass(frozen=True, slots=True)
class CityFigure:
    """A percentage of the city: counted with ``k`` of ``n`` schools, or printed (both None).

    ``stands_for`` is None where a printed definition is none of ours: it is compared with nothing.
    """

    question: Question
    percent: Decimal
    said_definition: str
    stands_for: Figure | None
    k: int | None = None
    n: int | None = None

    @property
    def definition(self) -> Definition | None:
        """Return which answers it counts."""
        return self.stands_for.definition if self.stands_for else None

    @property
    def falls(self) -> bool:
        """Return whether the figure is better the lower it is."""
        is_inverted = self.question.polarity is Polarity.INVERTED
        return is_inverted and self.definition is Definition.YES


@dataclass(frozen=True)
class YearFigures:
    """The figures of a year; ``lines`` as the city's page shows them."""

    year: Year
    lines: tuple[ItemLine, ...]
    counts: Counts

    def questions(self) -> list[Question]:
        """Return what schools were asked, in order."""
        return [line.question for line in self.lines]

    def to_be_moved(self, item: str) -> CityFigure | None:
        """Return the figure a plan would move; None where the city has none."""
        line = self._line(item)
        if line is None:
            return None
        definition = definition_of(line.question.answer_type)
        if line.question.polarity is Polarity.INVERTED:
            definition = Definition.YES
        counted = self._counted(line.question, definition)
        return counted or (self._printed(line.question, line.printed) if line.printed else None)

    def under(self, item: str, definition: Definition) -> CityFigure | None:
        """Return the figure under a definition, counted or printed; None where there is none."""
        line = self._line(item)
        if line is None:
            return None
        if counted := self._counted(line.question, definition):
            return counted
        return self._printed(line.question, line.printed) if line.printed else None

    def _line(self, item: str) -> ItemLine | None:
        return next((line for line in self.lines if line.question.key == item), None)

    def _counted(self, question: Question, definition: Definition | None) -> CityFigure | None:
        counts = {Answer(word): n for word, n in self.counts.get(question.key, {}).items()}
        if definition is None or not sum(counts.values()) or not _fits(question, definition):
            return None
        share = share_of(counts, definition)
        figure = self._figure(question, definition, is_final=self.year.is_final)
        return CityFigure(question, share.percent, definition.label, figure, share.k, share.n)

    def _printed(self, question: Question, printed: Published) -> CityFigure:
        definition = next(
            (
                one
                for one, said in SAME.items()
                if printed.said_definition in said and _fits(question, one)
            ),
            None,
        )
        figure = (
            self._figure(
                question,
                definition,
                is_final=printed.status != "preliminary",
                doubtful=printed.is_definition_doubtful,
            )
            if definition
            else None
        )
        return CityFigure(question, printed.percent, printed.said_definition, figure)

    def _figure(
        self, question: Question, definition: Definition, *, is_final: bool, doubtful: bool = False
    ) -> Figure:
        return Figure(
            self.year.school_year,
            question.key,
            definition,
            is_definition_doubtful=doubtful,
            is_final=is_final,
            wording_since=question.wording_since,
            is_national=False,
        )


def _fits(question: Question, definition: Definition) -> bool:
    """Return whether the definition counts answers of the question's scale."""
    _, counted, scale = DEFINITIONS[definition]
    asked = set(SCALES.get(question.answer_type, ()))
    return bool(asked & set(counted)) and asked <= set(scale)


def year_figures(viewer: Actor, only: int | None = None) -> Mapping[int, YearFigures]:
    """Return the figures of every year, or of one, by school year, the newest first.

    Four questions, and four for each year.
    """
    CITY_VIEW.require(viewer)
    return {
        year.school_year: YearFigures(year, tuple(item_lines(year, None)), counts_of(year))
        for year in years()
        if only in (None, year.school_year)
    }
