"""Make the morning backup of a school: each night, and whenever somebody asks."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.morning.backups import backup_facts
from manabiya.apps.morning.models import MorningBackup
from manabiya.apps.morning.policies import BACKUP_MAKE
from manabiya.apps.morning.services.refusals import MorningRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service


@service
def make_backup(
    *, actor: Actor | None, school_id: UUID, today: date, made_at: datetime
) -> MorningBackup:
    """Write the backup of a school for its next school day anew; ``made_at`` is real time.

    ``actor`` None: the night's job. Raises ``Refused``, :class:`MorningRefused` (no school day in
    the next two weeks).
    """
    if actor is not None:
        BACKUP_MAKE.require(actor)
        school_id = actor.at
    facts = backup_facts(school_id, today)
    if facts is None:
        raise MorningRefused(_("これから2週間に授業日がありません。控えはいりません。"))
    found, _made = MorningBackup.objects.update_or_create(
        school_id=school_id,
        defaults={
            "date": facts.day,
            "digest": facts.digest,
            "content": facts.pdf(made_at),
            "student_count": facts.student_count,
            "made_at": made_at,
            "made_by_id": actor.person_id if actor else None,
        },
    )
    record(
        actor=actor,
        action="morning.backup:make",
        subject_type="school",
        subject_id=school_id,
        subject_count=facts.student_count,
        data_class=DataClass.II,
        school_id=school_id,
        details={"date": facts.day.isoformat(), "digest": facts.digest[:16]},
    )
    return found
