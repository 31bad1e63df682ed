"""The yearly report (年次報告): baseline, goal of the year, what became of it, and the actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from manabiya.apps.checklist.queries.figures import (
    CityFigure,
    YearFigures,
    year_figures,
    year_label,
)
from manabiya.apps.dx_plan.document import Document, GoalRow, read
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanEdition
from manabiya.apps.dx_plan.policies import PLAN_VIEW
from manabiya.apps.dx_plan.queries.drafting import draft_document
from manabiya.apps.dx_plan.queries.plans import ActionLine, YearChoice
from manabiya.apps.dx_plan.rules import Progress, progress
from manabiya.kernel.access.actors import Actor
from manabiya.law.checklist import Definition, why_not_comparable

NO_ROUND = "基準のあとに締めた回が、まだありません"
NOT_ASKED = "この回では、たずねていません"
NOT_COUNTED = "数えられる回答がありません"
UNKNOWN_DEFINITION = "基準の割合の定義がわかりません"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """An item: ``real`` and ``progress`` are None where ``reason`` says why.

    ``goal`` is None for a year without one: then there is a figure and nothing to reach.
    """

    question: str
    label: str
    definition: str
    falls: bool
    baseline: Decimal
    goal: Decimal | None
    real: Decimal | None
    schools: str
    progress: Progress | None
    reason: str

    @property
    def verdict(self) -> str:
        """Return what became of the goal, in words; empty where there is nothing to say."""
        if self.progress is None or self.goal is None:
            return ""
        return "達成" if self.progress.is_reached else f"あと{self.progress.left}"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report of a year. ``real_label``: the year of the round the real figures come from.

    ``edition``: the decided edition whose goals are measured, None for a draft's.
    """

    plan: DxPlan
    document: Document
    edition: PlanEdition | None
    year: YearChoice
    years: tuple[YearChoice, ...]
    baseline_label: str
    real_label: str
    lines: Sequence[ReportLine]
    actions: Sequence[ActionLine]

    @property
    def measured(self) -> list[ReportLine]:
        """Return the items with a goal and a real figure."""
        return [line for line in self.lines if line.progress and line.goal is not None]

    @property
    def reached(self) -> list[ReportLine]:
        """Return the items that reached the goal of the year."""
        return [line for line in self.measured if line.progress and line.progress.is_reached]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many actions are in each state."""
        return [
            (str(state.label), sum(line.row.state == state.value for line in self.actions))
            for state in PlanAction.State
        ]


def report_page(viewer: Actor, plan_id: UUID, school_year: int | None) -> ReportPage:
    """Return the report of a school year; of the newest one with real figures where none is asked."""
    plan = PLAN_VIEW.get(viewer, DxPlan.objects.all(), pk=plan_id)
    every = year_figures(viewer)
    edition = PlanEdition.objects.filter(plan=plan).order_by("-number").first()
    document = read(edition.document) if edition else draft_document(viewer, plan)
    year = _year(plan, every, school_year)
    real = _newest(plan, every, year)
    baseline = every.get(plan.baseline_year)
    place = document.years.index(year)
    return ReportPage(
        plan=plan,
        document=document,
        edition=edition,
        year=YearChoice(year, year_label(year)),
        years=tuple(YearChoice(one, year_label(one)) for one in document.years),
        baseline_label=document.baseline_label,
        real_label=real.year.label if real else "",
        lines=[_line(row, row.goals[place], baseline, real) for row in document.goals],
        actions=_actions(plan, document),
    )


def _year(plan: DxPlan, every: Mapping[int, YearFigures], asked: int | None) -> int:
    if asked is not None and asked in plan.years:
        return asked
    done = [year for year, one in every.items() if one.year.is_final and year in plan.years]
    return max(done, default=plan.first_year)


def _newest(plan: DxPlan, every: Mapping[int, YearFigures], upto: int) -> YearFigures | None:
    """Return the newest closed year after the baseline, not later than the year of the report."""
    later = [
        one
        for year, one in every.items()
        if one.year.is_final and plan.baseline_year < year <= upto
    ]
    return max(later, key=lambda one: one.year.school_year, default=None)


def _line(
    row: GoalRow, of_the_year: str, baseline: YearFigures | None, real: YearFigures | None
) -> ReportLine:
    goal = Decimal(of_the_year) if of_the_year else None
    start = Decimal(row.baseline)
    definition = Definition(row.definition_key) if row.definition_key else None
    found, reason = _real(row.item, definition, baseline, real)
    return ReportLine(
        question=row.question,
        label=row.label,
        definition=row.definition,
        falls=row.falls,
        baseline=start,
        goal=goal,
        real=found.percent if found else None,
        schools=f"{found.k}/{found.n}" if found and found.n else "",
        progress=(
            progress(start, start if goal is None else goal, found.percent, falls=row.falls)
            if found
            else None
        ),
        reason=reason,
    )


def _real(
    item: str,
    definition: Definition | None,
    baseline: YearFigures | None,
    real: YearFigures | None,
) -> tuple[CityFigure | None, str]:
    """Return the figure that may stand beside the baseline, or why there is none."""
    if real is None:
        return None, NO_ROUND
    if definition is None or baseline is None:
        return None, UNKNOWN_DEFINITION
    if item not in {question.key for question in real.questions()}:
        return None, NOT_ASKED
    was, now = baseline.under(item, definition), real.under(item, definition)
    if now is None or now.stands_for is None:
        return None, NOT_COUNTED
    if was is None or was.stands_for is None:
        return None, UNKNOWN_DEFINITION
    reasons = why_not_comparable(was.stands_for, now.stands_for)
    return (None, "、".join(reasons)) if reasons else (now, "")


def _actions(plan: DxPlan, document: Document) -> list[ActionLine]:
    """Return the document's actions with the state they have today."""
    rows = {str(row.id): row for row in PlanAction.objects.filter(plan=plan)}
    return [
        ActionLine(rows[one.id], one.period, one.items)
        for one in document.actions
        if one.id in rows
    ]
