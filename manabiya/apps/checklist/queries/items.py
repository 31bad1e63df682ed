"""One item: spread over the answers, kinds of schools, years with breaks, published figures."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import Http404

from manabiya.apps.checklist.models import AnswerSheet, ChecklistAnswer
from manabiya.apps.checklist.policies import CITY_VIEW
from manabiya.apps.checklist.queries.city import (
    ItemLine,
    chosen_year,
    figure_of,
    item_lines,
)
from manabiya.apps.checklist.queries.evidence import Actual, actuals
from manabiya.apps.checklist.queries.follow_ups import FollowUpCounts, follow_up_counts
from manabiya.apps.checklist.queries.years import Year, counts_of, year_label, years
from manabiya.apps.checklist.rules import Difference, direction, share, word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry.evidence import Share as ActualShare
from manabiya.law.checklist import Answer, Share
from manabiya.law.checklist_sets import Question
from manabiya.roster.queries import schools_of_municipality

KINDS = {
    "elementary_school": "小学校",
    "junior_high_school": "中学校",
    "compulsory_education_school": "義務教育学校",
}


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How many schools gave an answer, in all and by kind of school."""

    answer: str
    schools: int
    by_kind: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """The item in a year: its share, and how it moved; ``wording`` as it was asked then."""

    year: Year
    question: Question
    counted: Share | None
    change: Difference | None


@dataclass(frozen=True, slots=True)
class ActualRow:
    """A school's real share beside what it declared; ``share`` is None where nothing is known."""

    school: str
    share: ActualShare | None
    declared: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The page of an item in a year."""

    year: Year
    line: ItemLine
    kinds: tuple[str, ...]
    spread: tuple[SpreadRow, ...]
    years: tuple[YearRow, ...]
    not_yet: tuple[tuple[str, str], ...]
    actuals: tuple[tuple[Actual, tuple[ActualRow, ...]], ...]
    follow_ups: FollowUpCounts | None = None

    @property
    def nation_label(self) -> str:
        """Return the year the nation's figure was published for."""
        return year_label(self.year.questions.school_year)


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
    return ItemPage(
        year=year,
        line=line,
        kinds=kinds,
        spread=spread,
        years=_years(item, every),
        not_yet=_not_yet(line, year),
        actuals=_actuals(line.question, year, today),
        follow_ups=follow_up_counts(year, line.question),
    )


def _actuals(
    question: Question, year: Year, today: date
) -> tuple[tuple[Actual, tuple[ActualRow, ...]], ...]:
    """Return each real figure of the item with a row for every school."""
    cards = schools_of_municipality()
    answers = ChecklistAnswer.objects.filter(
        sheet__round=year.round, sheet__confirmed_at__isnull=False, item=question.key
    ).exclude(sheet__school=None)
    declared = dict(answers.values_list("sheet__school_id", "value")) if year.round else {}
    found = actuals([card.id for card in cards], today=today, item=question.key)
    return tuple(
        (
            actual,
            tuple(
                ActualRow(
                    card.name,
                    actual.by_school.get(card.id),
                    word(question, Answer(declared[card.id])) if card.id in declared else "",
                )
                for card in cards
            ),
        )
        for actual in found.get(question.key, [])
    )


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


def _years(item: str, every: list[Year]) -> tuple[YearRow, ...]:
    """Return the item in every year it was counted, the newest first; breaks say why."""
    asked = [
        (year, question)
        for year in every
        for question in year.questions.questions
        if question.key == item
    ]
    counted = [(y, q, share(q, counts_of(y).get(item, {}))) for y, q in asked]
    found = []
    for place, (year, question, now) in enumerate(counted):
        later = counted[place + 1 :]
        change = None
        if now and later and (was := later[0][2]):
            change = direction(
                now, was, figure_of(question, year), figure_of(later[0][1], later[0][0])
            )
        found.append(YearRow(year, question, now, change))
    return tuple(found)


def _not_yet(line: ItemLine, year: Year) -> tuple[tuple[str, str], ...]:
    """Return the schools (name, answer) that don't do it yet, for an item of the band 80以上.

    Those are the items every school is to do soon; below it no school is named as behind.
    """
    if year.round is None or line.counted is None or line.counted.percent < 80:
        return ()
    good = _good(line.question)
    rows = (
        ChecklistAnswer.objects.filter(
            sheet__round=year.round, sheet__confirmed_at__isnull=False, item=line.question.key
        )
        .exclude(sheet__school=None)
        .exclude(value__in=good)
        .order_by("sheet__school__code")
        .values_list("sheet__school__name", "value")
    )
    silent = (
        AnswerSheet.objects.filter(round=year.round, confirmed_at=None)
        .exclude(school=None)
        .order_by("school__code")
        .values_list("school__name", flat=True)
    )
    named = [(name, word(line.question, Answer(value))) for name, value in rows]
    return (*named, *((name, "未回答") for name in silent))


def _good(question: Question) -> list[str]:
    """Return the answers the share counts."""
    return [
        answer.value
        for answer in question.scale
        if (found := share(question, {answer.value: 1})) and found.k
    ]
