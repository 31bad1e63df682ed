"""Write an action, move its state, take it off a draft."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.checklist.queries.figures import year_figures
from manabiya.apps.dx_plan.models import DxPlan, PlanAction
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.services.common import draft, locked, recorded, refuse_older
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service
from manabiya.law.school_year import first_day, last_day

State = PlanAction.State


@dataclass(frozen=True, slots=True)
class ActionWord:
    """What is written of an action; ``items``: keys of the checklist."""

    title: str
    owner: str
    from_on: date
    until_on: date
    items: Sequence[str] = ()
    notes: str = ""


@service
def write_action(
    *,
    actor: Actor,
    plan_id: UUID,
    word: ActionWord,
    action_id: UUID | None = None,
    version: int = 0,
) -> PlanAction:
    """Add an action to a draft, or rewrite one as it was read (``version``).

    Raises ``Refused``, ``Http404``, :class:`PlanRefused` (decided; no name or owner; days out of
    order or outside the plan; an unknown item), :class:`ChangedMeanwhile`.
    """
    plan = draft(actor, plan_id)
    row = _action(plan, action_id) if action_id else PlanAction(plan=plan, version=0)
    refuse_older(version, row.version)
    _refuse(actor, plan, word)
    for name, value in asdict(word).items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.items = list(word.items)
    row.version += 1
    row.save()
    recorded(actor, "write-action", plan, action_id=str(row.id))
    return row


def _action(plan: DxPlan, action_id: UUID) -> PlanAction:
    found = PlanAction.objects.filter(plan=plan, pk=action_id).first()
    if found is None:
        raise Http404
    return found


def _refuse(actor: Actor, plan: DxPlan, word: ActionWord) -> None:
    if not word.title.strip() or not word.owner.strip():
        raise PlanRefused(_("施策の名前と担当は、空けられません。"))
    if word.until_on < word.from_on:
        raise PlanRefused(_("「いつまで」が「いつから」より前になっています。"))
    if word.from_on < first_day(plan.first_year) or word.until_on > last_day(plan.last_year):
        raise PlanRefused(_("施策の期間が、計画の年度の外に出ています。"))
    year = year_figures(actor, plan.baseline_year).get(plan.baseline_year)
    known = {question.key for question in year.questions()} if year else set()
    if not set(word.items) <= known:
        raise PlanRefused(_("関わる項目を選びなおしてください。"))


@service
def move_action(
    *, actor: Actor, plan_id: UUID, action_id: UUID, state: str, reason: str = "", version: int
) -> PlanAction:
    """Say how far an action is, of a draft or a decided plan.

    Raises ``Refused``, ``Http404``, :class:`PlanRefused` (an unknown state, 見送り without reason),
    :class:`ChangedMeanwhile`.
    """
    plan = locked(actor, plan_id)
    row = _action(plan, action_id)
    refuse_older(version, row.version)
    if state not in State.values:
        raise PlanRefused(_("予定・進行中・完了・見送りのどれかを選んでください。"))
    if state == State.DROPPED and not reason.strip():
        raise PlanRefused(_("見送るときは、理由を書いてください。"))
    row.state = state
    row.state_reason = reason.strip() if state == State.DROPPED else ""
    row.version += 1
    row.save(update_fields=["state", "state_reason", "version"])
    recorded(actor, "move-action", plan, action_id=str(row.id), state=state)
    return row


@service
def remove_action(*, actor: Actor, plan_id: UUID, action_id: UUID, version: int) -> None:
    """Take an action off a draft that no decided edition holds.

    Raises ``Refused``, ``Http404``, :class:`PlanRefused`, :class:`ChangedMeanwhile`.
    """
    plan = draft(actor, plan_id)
    row = _action(plan, action_id)
    refuse_older(version, row.version)
    kept = plan.editions.values_list("document__actions", flat=True)
    if any(action["id"] == str(row.id) for actions in kept for action in actions):
        raise PlanRefused(
            _("決定した計画にある施策は消せません。「見送り」にして、理由を書いてください。")
        )
    recorded(actor, "remove-action", plan, action_id=str(row.id))
    row.delete()
