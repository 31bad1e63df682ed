"""Decide, decline, move and end: the principal's, or the vice principal's where it is delegated."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.excused import Days
from manabiya.apps.attendance.models import (
    DecisionDelegation,
    ExcusedPeriod,
    ExcusedPeriodChange,
)
from manabiya.apps.attendance.policies import DELEGATION_SET, PERIOD_DECIDE
from manabiya.apps.attendance.queries.decisions import may_decide
from manabiya.apps.attendance.queries.delegations import may_delegate, wants_delegated
from manabiya.apps.attendance.services.decided_days import rewrite_days
from manabiya.apps.attendance.services.decisions import (
    days_of_period,
    facts,
    keep_change,
    locked,
    recorded,
    refuse_days,
    refuse_overlap,
    refuse_unless_waiting,
    return_day_of,
    saved,
)
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service

Deed = ExcusedPeriodChange.Deed
Status = ExcusedPeriod.Status


def require_decider(actor: Actor) -> None:
    """Raise ``Refused`` unless the actor decides: the vice principal only where it is delegated."""
    PERIOD_DECIDE.require(actor)
    if not may_decide(actor):
        raise Refused(PERIOD_DECIDE.permission, ("principal",))


@service
def decide_period(*, actor: Actor, period_id: UUID, version: int, now: datetime) -> ExcusedPeriod:
    """Decide what was proposed, back to its first day: absences of confirmed days are rewritten.

    Raises ``Refused``, ``Http404``, :class:`AttendanceRefused` (somebody else was first).
    """
    require_decider(actor)
    period = locked(actor, PERIOD_DECIDE, period_id, version)
    refuse_unless_waiting(period)
    old = facts(period)
    _sign(period, Status.DECIDED, actor, now)
    saved(period, ["status", "decided_by", "decided_at"])
    keep_change(actor, period, Deed.DECIDED, old, now)
    changed = rewrite_days(actor=actor, period=period, now=now, before=None)
    recorded(actor, "decide", period, changed)
    return period


@service
def decline_period(
    *, actor: Actor, period_id: UUID, reason: str, version: int, now: datetime
) -> ExcusedPeriod:
    """Decline a proposal with a reason; the days stay absences.

    Raises ``Refused``, ``Http404``, :class:`AttendanceRefused` (no reason, somebody was first).
    """
    require_decider(actor)
    period = locked(actor, PERIOD_DECIDE, period_id, version)
    refuse_unless_waiting(period)
    if not reason.strip():
        raise AttendanceRefused(_("見送る理由を書いてください。申し出た人に見えます。"))
    old = facts(period)
    _sign(period, Status.DECLINED, actor, now)
    period.answer = reason.strip()
    saved(period, ["status", "decided_by", "decided_at", "answer"])
    keep_change(actor, period, Deed.DECLINED, old, now, period.answer)
    recorded(actor, "decline", period)
    return period


@service
def move_period(
    *,
    actor: Actor,
    period_id: UUID,
    days: Days,
    is_over: bool,
    reason: str,
    version: int,
    now: datetime,
) -> ExcusedPeriod:
    """Change the days of a proposal or a decision, or end it; days left out get back what stood.

    ``is_over``: the child is back and ``days.last`` was the last day. Raises ``Refused``,
    ``Http404``, :class:`AttendanceRefused` (days, another period, nothing to change).
    """
    require_decider(actor)
    period = locked(actor, PERIOD_DECIDE, period_id, version)
    if period.status not in excused.STANDING:
        raise AttendanceRefused(_("見送りか取り下げになっています。期間は変えられません。"))
    if is_over and (days.last is None or period.status == Status.PROPOSED):
        raise AttendanceRefused(_("終わりにするには、決定ずみで、終わりの日が要ります。"))
    refuse_days(days, now.date())
    old, before = facts(period), days_of_period(period)
    period.first_day, period.last_day = days.first, days.last
    period.earliest_return = return_day_of(period)
    if period.status in excused.EXCUSING:
        period.status = Status.ENDED if is_over else Status.DECIDED
    refuse_overlap(period)
    saved(period, ["first_day", "last_day", "earliest_return", "status"])
    keep_change(actor, period, Deed.ENDED if is_over else Deed.MOVED, old, now, reason.strip())
    changed = 0
    if period.status in excused.EXCUSING:
        changed = rewrite_days(actor=actor, period=period, now=now, before=before)
    recorded(actor, "end" if is_over else "move", period, changed)
    return period


@service
def revoke_period(
    *, actor: Actor, period_id: UUID, reason: str, version: int, now: datetime
) -> ExcusedPeriod:
    """Take a decision back altogether, with a reason; its days get back what stood before.

    Raises ``Refused``, ``Http404``, :class:`AttendanceRefused`.
    """
    require_decider(actor)
    period = locked(actor, PERIOD_DECIDE, period_id, version)
    if period.status not in excused.EXCUSING:
        raise AttendanceRefused(_("決定していないので、取り消すものがありません。"))
    if not reason.strip():
        raise AttendanceRefused(_("決定を取り消す理由を書いてください。"))
    old, before = facts(period), days_of_period(period)
    period.status, period.answer = Status.WITHDRAWN, reason.strip()
    saved(period, ["status", "answer"])
    keep_change(actor, period, Deed.WITHDRAWN, old, now, period.answer)
    changed = rewrite_days(actor=actor, period=period, now=now, before=before)
    recorded(actor, "revoke", period, changed)
    return period


@service
def set_delegation(
    *, actor: Actor, is_delegated_now: bool, valid_from: date, now: datetime
) -> DecisionDelegation:
    """Delegate the decision to the vice principal from a day on, or take it back.

    Raises ``Refused``, :class:`AttendanceRefused` (a day gone by, nothing changes, the board does
    not allow it on that day).
    """
    DELEGATION_SET.require(actor)
    if valid_from < now.date():
        raise AttendanceRefused(
            _("過ぎた日からは変えられません。今日か、これからの日にしてください。")
        )
    if wants_delegated(actor.at, valid_from) == is_delegated_now:
        raise AttendanceRefused(_("もうそうなっています。変わるところはありません。"))
    if is_delegated_now and not may_delegate(valid_from):
        raise AttendanceRefused(
            _("その日は、教育委員会が教頭に任せることを認めていません。校長が決めてください。")
        )
    row: DecisionDelegation = DecisionDelegation.objects.create(
        school_id=actor.at,
        valid_from=valid_from,
        is_delegated=is_delegated_now,
        set_by_id=actor.person_id,
        set_at=now,
    )
    record(
        actor=actor,
        action="attendance.delegation:set",
        subject_type="school",
        subject_id=actor.at,
        details={"valid_from": valid_from.isoformat(), "is_delegated": is_delegated_now},
    )
    return row


def _sign(period: ExcusedPeriod, status: str, actor: Actor, now: datetime) -> None:
    period.status, period.decided_by_id, period.decided_at = status, actor.person_id, now
