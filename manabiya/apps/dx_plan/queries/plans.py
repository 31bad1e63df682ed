"""The board's pages of a plan: the list, one plan, the goals of one item, an action."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from manabiya.apps.checklist.queries.figures import YearFigures, year_figures, year_label
from manabiya.apps.dx_plan.document import Document, read
from manabiya.apps.dx_plan.models import DxPlan, PlanAction, PlanEdition
from manabiya.apps.dx_plan.policies import PLAN_VIEW
from manabiya.apps.dx_plan.queries.drafting import draft_document, period
from manabiya.apps.dx_plan.queries.lines import GoalLine, goal_lines
from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class YearChoice:
    """A year whose figures may be a plan's baseline."""

    school_year: int
    label: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list, with its last decided edition."""

    plan: DxPlan
    span: str
    decided: PlanEdition | None


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action with what it serves in short words."""

    row: PlanAction
    period: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as the board writes it. ``lines``: every question of the baseline."""

    plan: DxPlan
    years: tuple[YearChoice, ...]
    baseline_label: str
    lines: Sequence[GoalLine]
    actions: Sequence[ActionLine]
    editions: Sequence[PlanEdition]

    @property
    def with_goals(self) -> list[GoalLine]:
        """Return the items that have goals."""
        return [line for line in self.lines if line.goals]

    @property
    def without_goals(self) -> list[GoalLine]:
        """Return the items that might get goals."""
        return [line for line in self.lines if not line.goals and line.baseline]

    @property
    def unknown(self) -> list[GoalLine]:
        """Return the items whose baseline nobody knows."""
        return [line for line in self.lines if not line.baseline]

    @property
    def may_be_decided(self) -> bool:
        """Return whether there is something to decide."""
        return self.plan.is_draft and bool(self.with_goals) and bool(self.actions)

    @property
    def last_edition(self) -> PlanEdition | None:
        """Return the newest decided edition."""
        return next(iter(self.editions), None)


def plan_list(viewer: Actor) -> list[PlanLine]:
    """Return the plans, the newest first."""
    PLAN_VIEW.require(viewer)
    editions: dict[UUID, PlanEdition] = {}
    for edition in PlanEdition.objects.defer("document").order_by("number"):
        editions[edition.plan_id] = edition
    return [
        PlanLine(plan, _span(plan), editions.get(plan.id))
        for plan in PLAN_VIEW.filter(viewer, DxPlan.objects.order_by("-first_year"))
    ]


def baselines(viewer: Actor) -> list[YearChoice]:
    """Return the years whose figures stand and may be a baseline, the newest first."""
    return [
        YearChoice(one.year.school_year, one.year.label)
        for one in year_figures(viewer).values()
        if one.year.is_final
    ]


def _span(plan: DxPlan) -> str:
    first, last = year_label(plan.first_year), year_label(plan.last_year)
    return first if first == last else f"{first}から{last}まで"


def plan_page(viewer: Actor, plan_id: UUID) -> PlanPage:
    """Return a plan as the board writes it; 404 where there is none."""
    plan = PLAN_VIEW.get(viewer, DxPlan.objects.all(), pk=plan_id)
    lines = goal_lines(plan, _baseline(viewer, plan))
    labels = {line.question.key: line.question.label for line in lines}
    actions = [
        ActionLine(row, period(row), tuple(labels.get(item, item) for item in row.items))
        for row in PlanAction.objects.filter(plan=plan).order_by("from_on", "id")
    ]
    editions = PlanEdition.objects.filter(plan=plan).select_related("decided_by")
    return PlanPage(
        plan,
        tuple(YearChoice(year, year_label(year)) for year in plan.years),
        year_label(plan.baseline_year),
        lines,
        actions,
        list(editions.defer("document").order_by("-number")),
    )


def _baseline(viewer: Actor, plan: DxPlan) -> YearFigures | None:
    return year_figures(viewer, plan.baseline_year).get(plan.baseline_year)


def goal_line(page: PlanPage, item: str) -> GoalLine:
    """Return the line of an item; 404 for one that was not asked, or has no baseline."""
    found = next((line for line in page.lines if line.question.key == item), None)
    if found is None or found.baseline is None:
        raise Http404
    return found


def action_of(page: PlanPage, action_id: UUID) -> ActionLine:
    """Return an action of the plan; 404 where there is none."""
    found = next((line for line in page.actions if line.row.id == action_id), None)
    if found is None:
        raise Http404
    return found


def document_of(viewer: Actor, plan_id: UUID) -> tuple[PlanEdition | None, Document]:
    """Return the plan as a document: the draft (None), or the edition that is decided."""
    plan = PLAN_VIEW.get(viewer, DxPlan.objects.all(), pk=plan_id)
    if plan.is_draft:
        return None, draft_document(viewer, plan)
    return edition_of(viewer, plan_id, plan.edition)


def edition_of(viewer: Actor, plan_id: UUID, number: int) -> tuple[PlanEdition, Document]:
    """Return a decided edition with its document; 404 where there is none."""
    PLAN_VIEW.require(viewer)
    found = (
        PlanEdition.objects.filter(plan_id=plan_id, number=number)
        .select_related("decided_by")
        .first()
    )
    if found is None:
        raise Http404
    return found, read(found.document)
