"""Set the goals of an item."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.checklist.queries.figures import CityFigure, year_figures, year_label
from manabiya.apps.dx_plan.models import DxPlan, PlanGoal, PlanItem
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.rules import TENTH, wrong_goals
from manabiya.apps.dx_plan.services.common import draft, recorded, refuse_older
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def set_goals(
    *, actor: Actor, plan_id: UUID, item: str, goals: Mapping[int, Decimal], version: int
) -> PlanItem:
    """Set the goals of an item by school year; none takes them away.

    ``version``: the item's as it was read, 0 before its first goal. Raises ``Refused``, ``Http404``,
    :class:`PlanRefused` (decided; an item without a baseline; a year outside the plan; not 0 to 100
    with one decimal; back behind the baseline or an earlier goal), :class:`ChangedMeanwhile`.
    """
    plan = draft(actor, plan_id)
    row = PlanItem.objects.filter(plan=plan, item=item).first()
    refuse_older(version, row.version if row else 0)
    _refuse(plan, _baseline(actor, plan, item), goals)
    if row is None:
        row = PlanItem.objects.create(plan=plan, item=item, version=0)
    row.goals.all().delete()
    PlanGoal.objects.bulk_create(
        PlanGoal(plan_item=row, school_year=year, percent=goal)
        for year, goal in sorted(goals.items())
    )
    row.version += 1
    row.save(update_fields=["version"])
    recorded(actor, "set-goals", plan, len(goals), item=item)
    return row


def _baseline(actor: Actor, plan: DxPlan, item: str) -> CityFigure:
    year = year_figures(actor, plan.baseline_year).get(plan.baseline_year)
    found = year.to_be_moved(item) if year else None
    if found is None:
        raise PlanRefused(_("基準の割合がわからない項目には、目標を決められません。"))
    return found


def _refuse(plan: DxPlan, baseline: CityFigure, goals: Mapping[int, Decimal]) -> None:
    for year, goal in sorted(goals.items()):
        label = year_label(year)
        if year not in plan.years:
            raise PlanRefused(_("%(year)sは、計画の年度の外です。") % {"year": label})
        if not 0 <= goal <= 100 or goal != goal.quantize(TENTH):
            raise PlanRefused(
                _("%(year)sの目標は、0から100まで、小数第1位までにしてください。") % {"year": label}
            )
    wrong = wrong_goals(baseline.percent, goals, falls=baseline.falls)
    if wrong:
        raise PlanRefused(
            _("%(year)sの目標%(why)s")
            % {"year": year_label(wrong[0].school_year), "why": wrong[0].why}
        )
