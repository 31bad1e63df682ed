"""What becomes of a line: decide, mark as done, take that back."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.models import PaperUse, PaperUseChange
from manabiya.apps.paperwork.policies import USE_CONTINUE, USE_DECIDE, USE_KEEP
from manabiya.apps.paperwork.services.fields import Decision, check_decision
from manabiya.apps.paperwork.services.places import locked_use, noted, recorded, saved
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.service import service

COLUMNS = ["decision", "decision_reason", "owner", "due_on", "replacement"]


@service
def decide_use(
    *, actor: Actor, use_id: UUID, version: int, said: Decision, now: datetime
) -> PaperUse:
    """Decide 廃止, 電子化 or 継続; 継続 is the principal's (the board's: the administrator's).

    Raises ``Refused``, ``Http404``, :class:`PaperworkRefused`.
    """
    use = locked_use(actor, USE_DECIDE, use_id, version)
    settle(actor, use, said, now)
    recorded(actor, "paperwork.use:decide", "paper_use", use.id, decision=said.decision)
    return use


def settle(actor: Actor, use: PaperUse, said: Decision, now: datetime) -> None:
    """Write a decision into a locked line, with its step; the caller leaves the audit entry."""
    if said.decision == rules.KEEP:
        USE_CONTINUE.require(actor)
    if use.done_on is not None:
        raise PaperworkRefused(
            _("もうやめたものです。決め直すには、先にやめたことを取り消します。")
        )
    check_decision(said, use.school_id, now.date())
    use.decision, use.decision_reason = said.decision, rules.tidy(said.reason)
    use.owner_id, use.due_on = said.owner_id, None
    if said.decision in rules.ENDING:
        use.due_on = said.due_on
    if said.decision == "digital" and said.replacement:
        use.replacement = said.replacement
    saved(use, COLUMNS)
    noted(
        use, PaperUseChange.Deed.DECIDED, actor, now, reason=use.decision_reason, day=use.due_on
    ).save()


@service
def finish_use(
    *, actor: Actor, use_id: UUID, version: int, done_on: date, now: datetime
) -> PaperUse:
    """Say that a line has ended on a day, today or before; it was decided first.

    Raises ``Refused``, ``Http404``, :class:`PaperworkRefused`.
    """
    use = locked_use(actor, USE_KEEP, use_id, version)
    if use.decision not in rules.ENDING:
        raise PaperworkRefused(_("先に廃止か電子化を決めてください。"))
    if use.done_on is not None:
        raise PaperworkRefused(_("もうやめたことになっています。"))
    if done_on > now.date():
        raise PaperworkRefused(_("やめた日は今日までの日にしてください。"))
    use.done_on = done_on
    saved(use, ["done_on"])
    noted(use, PaperUseChange.Deed.DONE, actor, now, day=done_on).save()
    recorded(actor, "paperwork.use:finish", "paper_use", use.id, day=done_on.isoformat())
    return use


@service
def reopen_use(*, actor: Actor, use_id: UUID, version: int, reason: str, now: datetime) -> PaperUse:
    """Take back that a line has ended: it is still used after all; its decision stands."""
    use = locked_use(actor, USE_DECIDE, use_id, version)
    if use.done_on is None:
        raise PaperworkRefused(_("やめたことになっていません。"))
    if not rules.tidy(reason):
        raise PaperworkRefused(_("取り消す理由を書いてください。"))
    use.done_on = None
    saved(use, ["done_on"])
    noted(use, PaperUseChange.Deed.REOPENED, actor, now, reason=rules.tidy(reason)).save()
    recorded(actor, "paperwork.use:reopen", "paper_use", use.id)
    return use
