"""The goals of a plan beside the figures of its baseline, one line a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from manabiya.apps.checklist.queries.figures import CityFigure, YearFigures
from manabiya.apps.dx_plan.models import DxPlan, PlanGoal, PlanItem
from manabiya.law.checklist_sets import Question


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A question with its baseline and the goals by year; ``version`` is 0 before the first goal."""

    question: Question
    baseline: CityFigure | None
    goals: Mapping[int, Decimal]
    years: tuple[int, ...]
    version: int

    @property
    def falls(self) -> bool:
        """Return whether the figure is to be lowered."""
        return bool(self.baseline and self.baseline.falls)

    @property
    def name(self) -> str:
        """Return a short word for it; of what is to be lowered the question itself.

        The short word of an inverted question says the good answer, the figure counts the other.
        """
        return self.question.text if self.falls else self.question.label

    @property
    def by_year(self) -> list[Decimal | None]:
        """Return the goal of each year, None for none."""
        return [self.goals.get(year) for year in self.years]

    @property
    def schools(self) -> str:
        """Return the schools behind the baseline (「62/77」); empty where it was printed."""
        if self.baseline is None or self.baseline.k is None:
            return ""
        return f"{self.baseline.k}/{self.baseline.n}"


def goal_lines(plan: DxPlan, baseline: YearFigures | None) -> list[GoalLine]:
    """Return a line for each question of the baseline (two queries)."""
    if baseline is None:
        return []
    versions = dict(PlanItem.objects.filter(plan=plan).values_list("item", "version"))
    goals = goals_of(plan)
    return [
        GoalLine(
            question,
            baseline.to_be_moved(question.key),
            goals.get(question.key, {}),
            tuple(plan.years),
            versions.get(question.key, 0),
        )
        for question in baseline.questions()
    ]


def goals_of(plan: DxPlan) -> dict[str, dict[int, Decimal]]:
    """Return item → school year → goal (one query)."""
    rows = PlanGoal.objects.filter(plan_item__plan=plan).values_list(
        "plan_item__item", "school_year", "percent"
    )
    found: dict[str, dict[int, Decimal]] = {}
    for item, year, percent in rows:
        found.setdefault(item, {})[year] = percent
    return found
