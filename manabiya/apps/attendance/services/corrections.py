"""Correct marks of days that are confirmed and sealed: the register's way, approved beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.models import AttendanceMark, MarkChange
from manabiya.apps.attendance.policies import MARK_CORRECT
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import school_days, seats_between


@dataclass(frozen=True, slots=True)
class MarkCorrection:
    """The code a child's day should have had."""

    student_id: UUID
    day: date
    code: str


@service
def correct_marks(
    *, actor: Actor, homeroom_id: UUID, corrections: Sequence[MarkCorrection], now: datetime
) -> int:
    """Write the corrected marks of a class with their history; return how many values changed.

    Asks no seal: whoever calls this has an approved reason. Raises ``Refused``, ``Http404``,
    :class:`AttendanceRefused` (a child who had no school in this class that day).
    """
    MARK_CORRECT.require(actor)
    homeroom = MARK_CORRECT.get(
        actor, Homeroom.objects.select_for_update(no_key=True), pk=homeroom_id
    )
    _refuse_strangers(homeroom, corrections)
    changed = sum(_correct(homeroom, actor, now, wanted) for wanted in corrections)
    days = sorted({wanted.day for wanted in corrections})
    record(
        actor=actor,
        action="attendance.mark:correct",
        subject_type="homeroom",
        subject_id=homeroom.id,
        subject_count=changed,
        data_class=DataClass.II,
        details={"dates": [day.isoformat() for day in days]},
    )
    for day in days:
        publish(CLASS_DAY_CHANGED, school=homeroom.school_id, date=day)
    return changed


def _refuse_strangers(homeroom: Homeroom, corrections: Sequence[MarkCorrection]) -> None:
    if not corrections:
        return
    days = [wanted.day for wanted in corrections]
    first, last = min(days), max(days)
    calendar = school_days(homeroom.school_id, first, last)
    seats = seats_between(homeroom.id, first, last)
    for wanted in corrections:
        mine = [s for s in seats if s.student_id == wanted.student_id and s.holds_on(wanted.day)]
        if not any(calendar.has_lessons(wanted.day, s.grade_level, homeroom.id) for s in mine):
            raise AttendanceRefused(
                _(
                    "この学級の授業日でない日、在籍していない日は訂正できません。何も変えていません。"
                )
            )


def _correct(homeroom: Homeroom, actor: Actor, now: datetime, wanted: MarkCorrection) -> bool:
    """Write one mark (present has none) and its history; return whether the value changed."""
    rows = AttendanceMark.objects.filter(student_id=wanted.student_id, date=wanted.day)
    mark = rows.first()
    before = (
        rules.code_of(mark.status, late=mark.late, left_early=mark.left_early, cause=mark.cause)
        if mark
        else rules.PRESENT
    )
    if before == wanted.code:
        return False
    if mark is not None:
        mark.delete()
    if wanted.code != rules.PRESENT:
        value = rules.CODES[wanted.code]
        AttendanceMark.objects.create(
            student_id=wanted.student_id,
            date=wanted.day,
            homeroom_id=homeroom.id,
            status=value.status,
            cause=value.cause,
            late=value.late,
            left_early=value.left_early,
            source=AttendanceMark.Source.TEACHER,
            decided_by_id=actor.person_id,
            decided_at=now,
        )
    MarkChange.objects.create(
        student_id=wanted.student_id,
        date=wanted.day,
        homeroom_id=homeroom.id,
        old={"code": before},
        new={"code": wanted.code},
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    return True
