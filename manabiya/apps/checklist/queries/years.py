"""What a municipality has of each school year: its round, counts, or published figures only."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from manabiya.apps.checklist.models import (
    ChecklistAnswer,
    ChecklistRound,
    ChecklistSet,
    CountedFigure,
    PublishedFigure,
)
from manabiya.law.checklist_sets import Published, QuestionSet
from manabiya.law.era import era_year

Counts = Mapping[str, Mapping[str, int]]
"""Item → answer → number of schools."""


@dataclass(frozen=True, slots=True)
class Year:
    """A school year's figures of the city: ``round`` is None for what was imported."""

    school_year: int
    questions: QuestionSet
    round: ChecklistRound | None

    @property
    def label(self) -> str:
        """Return the year as people say it (「令和7年度」)."""
        return year_label(self.school_year)

    @property
    def is_final(self) -> bool:
        """Return whether no answer changes any more (確報)."""
        return self.round is None or not self.round.is_open


def year_label(school_year: int) -> str:
    """Return a school year as people say it (「令和7年度」)."""
    era, number = era_year(date(school_year, 4, 1))
    return f"{era}{number if number > 1 else '元'}年度"


def years() -> list[Year]:
    """Return every year there is something of, the newest first (three queries)."""
    sets = list(ChecklistSet.objects.order_by("-version"))
    found = {
        row.school_year: Year(row.school_year, row.question_set.questions(), row)
        for row in ChecklistRound.objects.select_related("question_set")
    }
    imported = set(CountedFigure.objects.values_list("school_year", flat=True)) | set(
        PublishedFigure.objects.filter(area="city").values_list("school_year", flat=True)
    )
    for row in sets:
        year = int(row.document["school_year"])
        if year in imported and year not in found:
            found[year] = Year(year, row.questions(), None)
    return sorted(found.values(), key=lambda year: -year.school_year)


def counts_of(year: Year) -> Counts:
    """Return the answers of the city's schools by item; those of confirmed sheets (one query)."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    if year.round is None:
        rows = CountedFigure.objects.filter(school_year=year.school_year)
        return {row.item: row.counts for row in rows}
    answers = ChecklistAnswer.objects.filter(
        sheet__round=year.round, sheet__school__isnull=False, sheet__confirmed_at__isnull=False
    )
    for item, value, count in answers.values_list("item", "value").annotate(n=Count("id")):
        found[item][value] = count
    return found


def counts_of_all(every: Sequence[Year]) -> dict[int, Counts]:
    """Return the same of many years at once, by school year (two queries)."""
    found: defaultdict[int, defaultdict[str, dict[str, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    answers = ChecklistAnswer.objects.filter(
        sheet__school__isnull=False, sheet__confirmed_at__isnull=False
    ).values_list("sheet__round__school_year", "item", "value")
    for year, item, value, count in answers.annotate(n=Count("id")):
        found[year][item][value] = count
    imported = {year.school_year for year in every if year.round is None}
    for row in CountedFigure.objects.filter(school_year__in=imported):
        found[row.school_year][row.item] = row.counts
    return dict(found)


def published_of(school_year: int) -> dict[str, dict[str, Published]]:
    """Return item → area → what was published of a school year (one query)."""
    return published_of_all([school_year])[school_year]


def published_of_all(
    school_years: Collection[int],
) -> dict[int, dict[str, dict[str, Published]]]:
    """Return the same of many years at once, by school year (one query)."""
    found: dict[int, defaultdict[str, dict[str, Published]]] = {
        year: defaultdict(dict) for year in school_years
    }
    for row in PublishedFigure.objects.filter(school_year__in=school_years).order_by("id"):
        figure = Published(row.area, row.percent, row.source, row.definition, row.doubt, row.status)
        found[row.school_year][row.item].setdefault(row.area, figure)
    return dict(found)
