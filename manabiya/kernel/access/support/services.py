"""Open and end a look into a school."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.models import LONGEST, SupportSession
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.access.support.policies import SUPPORT_OPEN
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service


class SupportRefused(Exception):
    """The session can't be opened; the message says why."""


@service
def open_support(
    *, actor: Actor, school_id: UUID, reason: str, minutes: int, now: datetime
) -> SupportSession:
    """Let a board administrator look into a school for ``minutes`` (real time), with a reason."""
    SUPPORT_OPEN.require(actor)
    if len(reason.strip()) < 5:
        raise SupportRefused("理由を5文字以上で書いてください。学校にも見えます。")
    length = timedelta(minutes=minutes)
    if not timedelta(0) < length <= LONGEST:
        raise SupportRefused("時間は1分から120分までにしてください。")
    session = SupportSession.objects.create(
        account_id=actor.account_id,
        person_id=actor.person_id,
        school_id=school_id,
        reason=reason.strip(),
        started_at=now,
        ends_at=now + length,
    )
    record(
        actor=actor,
        action="access.support:open",
        subject_type="support_session",
        subject_id=session.id,
        school_id=school_id,
        data_class=DataClass.II,
        details={"minutes": minutes},
    )
    return session


@service
def end_support(*, actor: Actor, session_id: UUID, now: datetime) -> SupportSession:
    """End an own running session before its time."""
    SUPPORT_OPEN.require(actor)
    session = SupportSession.objects.filter(
        pk=session_id, account_id=actor.account_id, ends_at__gt=now
    ).first()
    if session is None:
        raise Http404
    session.ends_at = now
    session.save()
    record(
        actor=actor,
        action="access.support:end",
        subject_type="support_session",
        subject_id=session.id,
        school_id=session.school_id,
    )
    return session
