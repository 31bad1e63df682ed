"""Put an alert of long absence aside, with what was found out and is being done."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.morning.models import AbsenceDismissal
from manabiya.apps.morning.policies import ABSENCE_WATCH
from manabiya.apps.morning.queries.long_absence import alerts_of_child
from manabiya.apps.morning.services.refusals import MorningRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.queries import may_reach_student

SHORTEST = 5


@service
def dismiss_alert(
    *, actor: Actor, student_id: UUID, kind: str, since: date, reason: str, now: datetime
) -> AbsenceDismissal:
    """Keep that somebody looked into an alert, and why it is put aside; it stays readable.

    Raises ``Refused``, ``Http404`` (a child the actor does not look after),
    :class:`MorningRefused` (no reason to learn from, or no such alert any more).
    """
    ABSENCE_WATCH.require(actor)
    if not may_reach_student(actor, ABSENCE_WATCH, student_id):
        raise Http404
    if len(reason.strip()) < SHORTEST:
        raise MorningRefused(_("何を確かめ、これからどうするかを書いてください。"))
    open_alerts = alerts_of_child(actor, student_id=student_id, today=now.date())
    if not any((line.alert.kind, line.alert.since) == (kind, since) for line in open_alerts):
        raise MorningRefused(_("この知らせは、もう出ていません。画面を新しくしてください。"))
    row: AbsenceDismissal = AbsenceDismissal.objects.create(
        student_id=student_id,
        kind=kind,
        since=since,
        reason=reason.strip(),
        dismissed_by_id=actor.person_id,
        dismissed_at=now,
    )
    record(
        actor=actor,
        action="morning.absence:dismiss",
        subject_type="student",
        subject_id=student_id,
        data_class=DataClass.II,
        details={"dismissal": str(row.id)},
    )
    return row
