"""The plan's table and figure as printed: percentages untouched, inferred counts beside them."""

import csv
import io
from dataclasses import dataclass, fields
from decimal import Decimal

from manabiya.apps.checklist.shipped import shipped_document
from manabiya.law.checklist_sets import Question, QuestionSet


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the table, every value as text; the names are the columns of the CSV.

    ``kind``: published (printed somewhere) or counted. ``other_fits``: further counts that give
    the printed percentage, apart by a semicolon.
    """

    no: str
    question: str
    city_percent: str
    national_percent: str
    kind: str
    inferred_count: str
    inferred_schools: str
    other_fits: str
    polarity: str
    definition: str
    definition_doubtful: str


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """Figure 1 of a plan: ``percents`` by kind of school as printed, and what is not printed."""

    title: str
    survey: str
    source: str
    note: str
    percents: tuple[tuple[str, Decimal], ...]


def plan_figure_of(key: str) -> PlanFigure | None:
    """Return the figure of the plan a shipped round was printed in, None for a round without one."""
    given = shipped_document(key).get("plan_figure")
    if given is None:
        return None
    percents = tuple((name, Decimal(percent)) for name, percent in given["percents"])
    return PlanFigure(given["title"], given["survey"], given["source"], given["note"], percents)


def plan_rows(questions: QuestionSet) -> list[PlanRow]:
    """Return the rows of a set's plan table in the plan's order; empty for a set without one."""
    return [_row(question) for question in questions.plan_rows]


def _row(question: Question) -> PlanRow:
    city, nation = question.figure_of("city"), question.figure_of("nation")
    inferred = city.inferred if city else None
    return PlanRow(
        no=str(question.in_plan),
        question=question.text + question.printed_note,
        city_percent=str(city.percent) if city else "",
        national_percent=str(nation.percent) if nation else "",
        kind="published",
        inferred_count=str(inferred.fit.count) if inferred else "",
        inferred_schools=str(inferred.fit.schools) if inferred else "",
        other_fits=";".join(map(str, inferred.others)) if inferred else "",
        polarity=question.polarity.value,
        definition=city.definition if city else "",
        definition_doubtful=str(bool(city and city.is_definition_doubtful)).lower(),
    )


def as_csv(rows: list[PlanRow]) -> str:
    """Return the rows as CSV: UTF-8 text without BOM, one line a row, for other programs."""
    out = io.StringIO(newline="")
    names = [column.name for column in fields(PlanRow)]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([getattr(row, name) for name in names] for row in rows)
    return out.getvalue()


def as_text(rows: list[PlanRow]) -> str:
    """Return the rows as three columns for a person at a terminal."""
    lines = ["本市    全国    質問事項"]
    lines += [f"{r.city_percent:>5}   {r.national_percent:>5}   {r.question}" for r in rows]
    return "\n".join(lines) + "\n"
