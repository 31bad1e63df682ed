"""What is written here: why a child was absent for long."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.statistics import periods
from manabiya.apps.statistics.events import LONG_ABSENCE_DECIDED
from manabiya.apps.statistics.long_absence import long_absent
from manabiya.apps.statistics.models import LongAbsenceCause
from manabiya.apps.statistics.policies import CAUSE_DECIDE
from manabiya.apps.statistics.queries.reading import count_school
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.law.attendance_figures import DEFAULT_RULES
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Student


class CauseRefused(Exception):
    """A cause that can't be kept; its text says why."""


@service
def decide_cause(*, actor: Actor, student_id: UUID, cause: str, now: datetime) -> LongAbsenceCause:
    """Keep why a child of the actor's reach was absent for long this school year.

    Raises ``Http404`` for another's child, :class:`CauseRefused` for an unknown cause or a child
    that has not been absent for long.
    """
    CAUSE_DECIDE.require(actor)
    student = CAUSE_DECIDE.get(actor, Student.objects.all(), pk=student_id)
    if cause not in LongAbsenceCause.Cause:
        raise CauseRefused(_("理由を選んでください。"))
    year = school_year_of(actor.today)
    counted = count_school(actor.at, [periods.year_of(year)], actor.today, student_ids={student.id})
    if not long_absent(counted, 0, {}):
        raise CauseRefused(
            _("欠席と出席停止・忌引等が合わせて%(days)s日になっていません。")
            % {"days": DEFAULT_RULES.long_absence_days}
        )
    row, _is_new = LongAbsenceCause.objects.update_or_create(
        student=student,
        school_year=year,
        defaults={"cause": cause, "decided_by_id": actor.person_id, "decided_at": now},
    )
    publish(LONG_ABSENCE_DECIDED, school=actor.at, date=actor.today)
    record(
        actor=actor,
        action=CAUSE_DECIDE.permission.name,
        subject_type="student",
        subject_id=student.id,
        data_class=DataClass.II,
        details={"school_year": year},
    )
    return row
