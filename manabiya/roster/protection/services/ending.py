"""Look at a protection again, or end it with a reason. Nobody gets a right back by that."""

from datetime import date
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.models import Protection
from manabiya.roster.protection import rules
from manabiya.roster.protection.policies import PROTECTION_SET
from manabiya.roster.protection.services.refusals import ProtectionRefused


@service
def review_protection(*, actor: Actor, protection_id: UUID, review_on: date) -> Protection:
    """Note that a protection was looked at and goes on; choose the next day of review.

    Raises ``Refused``, ``Http404`` (another's, or ended), :class:`ProtectionRefused` (the day).
    """
    protection = _open(actor, protection_id)
    if not rules.is_review_day(review_on, actor.today):
        raise ProtectionRefused("見直す日は、明日から1年以内の日にしてください。", "review_on")
    before = protection.review_on
    protection.review_on = review_on
    protection.save(update_fields=["review_on"])
    dates = {"before": before.isoformat(), "after": review_on.isoformat()}
    _recorded(actor, "review", protection, dates)
    return protection


@service
def end_protection(*, actor: Actor, protection_id: UUID, reason: str) -> Protection:
    """End a protection of one child, with a reason; its siblings' are ended one by one.

    The excluded persons' rights stay ended until somebody gives them new ones. Raises
    ``Refused``, ``Http404`` (another's, or ended before), :class:`ProtectionRefused` (reason).
    """
    protection = _open(actor, protection_id)
    if not rules.is_reason(reason):
        raise ProtectionRefused("終える理由を5文字以上で書いてください。", "reason")
    protection.ended_on = actor.today
    protection.ended_by = actor.person_id
    protection.end_reason = reason.strip()
    protection.save(update_fields=["ended_on", "ended_by", "end_reason"])
    _recorded(actor, "end", protection, {})
    return protection


def _open(actor: Actor, protection_id: UUID) -> Protection:
    PROTECTION_SET.require(actor)
    rows = Protection.objects.select_for_update().filter(ended_on=None)
    return PROTECTION_SET.get(actor, rows, pk=protection_id)


def _recorded(actor: Actor, verb: str, protection: Protection, dates: dict[str, str]) -> None:
    record(
        actor=actor,
        action=f"roster.protection:{verb}",
        subject_type="student",
        subject_id=protection.student_id,
        data_class=DataClass.I,
        details={"protection": str(protection.id), **dates},
    )
