"""Decide a draft, and begin the next edition."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.dx_plan.document import as_data, digest_of
from manabiya.apps.dx_plan.models import DxPlan, PlanEdition
from manabiya.apps.dx_plan.policies import PLAN_DECIDE
from manabiya.apps.dx_plan.queries.drafting import draft_document
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.services.common import locked, recorded, refuse_older
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service


@service
def decide_plan(*, actor: Actor, plan_id: UUID, version: int, now: datetime) -> PlanEdition:
    """Decide the draft as it was read: an immutable copy that the schools read.

    Raises ``Refused`` (the board's administrator only), ``Http404``, :class:`PlanRefused` (decided
    already, no goal, no action), :class:`ChangedMeanwhile`.
    """
    plan = locked(actor, plan_id, PLAN_DECIDE)
    refuse_older(version, plan.version)
    if not plan.is_draft:
        raise PlanRefused(_("もう決定しています。"))
    document = draft_document(actor, plan)
    if not document.goals or not document.actions:
        raise PlanRefused(_("目標と施策が、それぞれ一つはいります。決定していません。"))
    data = as_data(document)
    edition: PlanEdition = PlanEdition.objects.create(
        plan=plan, number=plan.edition, reason=plan.reason, document=data, sha256=digest_of(data),
        decided_by_id=actor.person_id, decided_on=actor.today, decided_at=now,
    )  # fmt: skip
    plan.state = DxPlan.State.DECIDED
    plan.save(update_fields=["state"])
    recorded(actor, "decide", plan, sha256=edition.sha256)
    return edition


@service
def revise_plan(*, actor: Actor, plan_id: UUID, reason: str, version: int) -> DxPlan:
    """Begin the draft of the next edition; the decided one stands until that is decided.

    Raises ``Refused``, ``Http404``, :class:`PlanRefused` (still a draft, no reason),
    :class:`ChangedMeanwhile`.
    """
    plan = locked(actor, plan_id)
    refuse_older(version, plan.version)
    if plan.is_draft:
        raise PlanRefused(_("まだ案です。このまま書き直せます。"))
    if not reason.strip():
        raise PlanRefused(_("計画を改める理由を書いてください。"))
    plan.state, plan.edition, plan.reason = DxPlan.State.DRAFT, plan.edition + 1, reason.strip()
    plan.save(update_fields=["state", "edition", "reason"])
    recorded(actor, "revise", plan)
    return plan
