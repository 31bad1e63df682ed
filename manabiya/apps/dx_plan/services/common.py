"""A plan, locked as the actor may write it; and the one audit entry of a deed."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.dx_plan.models import DxPlan
from manabiya.apps.dx_plan.policies import PLAN_WRITE
from manabiya.apps.dx_plan.refusals import ChangedMeanwhile, PlanRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.audit.record import record


def locked(actor: Actor, plan_id: UUID, policy: Policy = PLAN_WRITE) -> DxPlan:
    """Return the plan, locked until the deed is done: every write of a plan waits for it."""
    policy.require(actor)
    return policy.get(actor, DxPlan.objects.select_for_update(no_key=True), pk=plan_id)


def draft(actor: Actor, plan_id: UUID) -> DxPlan:
    """Return the plan as :func:`locked` does; refuse one that is decided."""
    plan = locked(actor, plan_id)
    if not plan.is_draft:
        raise PlanRefused(
            _("決定した計画は書き直せません。「計画を改める」で、次の版の案を始めてください。")
        )
    return plan


def refuse_older(seen: int, now: int) -> None:
    """Refuse what was written over an older version than stands."""
    if seen != now:
        raise ChangedMeanwhile(
            _("ほかの人が先に保存しました。書いたものは残っています。いまの内容を見てから、もう一度保存してください。"),
            now,
        )  # fmt: skip


def recorded(actor: Actor, verb: str, plan: DxPlan, count: int = 1, **details: Any) -> None:
    """Leave the audit entry of a deed and count the plan's version up."""
    DxPlan.objects.filter(pk=plan.pk).update(version=plan.version + 1)
    plan.version += 1
    record(
        actor=actor,
        action=f"dx_plan.plan:{verb}",
        subject_type="dx_plan",
        subject_id=plan.id,
        subject_count=count,
        details={"edition": plan.edition, **details},
    )
