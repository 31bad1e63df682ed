"""A child leaves for another school of the municipality; or stays after all."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.services.accepting import seat_transferred
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.enrolling.services.seats import ending_enrollment, leave, stay
from manabiya.roster.models import Enrollment, School, Student, Transfer


@service
def transfer_student(
    *,
    actor: Actor,
    student_id: UUID,
    to_school_id: UUID,
    last_day: date,
    now: datetime,
    to_homeroom_id: UUID | None = None,
) -> Transfer:
    """Record that a child leaves at 24:00 of ``last_day`` (転学); the new school accepts it.

    With ``to_homeroom_id`` (the board, for both schools) it is seated from the next day at once.
    Raises ``Refused``, ``Http404`` (a child or class not within reach), :class:`EnrollingRefused`
    (the school, the days, a move that is open already).
    """
    TRANSFER.require(actor)
    student = TRANSFER.get(actor, Student.objects.select_for_update(), pk=student_id)
    enrollment = ending_enrollment(student.id, last_day, actor.today)
    school = School.objects.filter(pk=to_school_id).first()
    if school is None or school.id == enrollment.school_id:
        raise EnrollingRefused("転入先の学校を選んでください。", "to_school")
    leave(enrollment, last_day, Enrollment.Exit.TRANSFER_OUT)
    transfer = Transfer.objects.create(
        student=student,
        from_school_id=enrollment.school_id,
        to_school=school,
        from_enrollment=enrollment,
        last_day=last_day,
        recorded_by=actor.person_id,
        recorded_at=now,
    )
    if to_homeroom_id is not None:
        _may_seat(actor, school)
        seat_transferred(actor, transfer, to_homeroom_id, now=now)
    _recorded(actor, "record", transfer)
    return transfer


def _may_seat(actor: Actor, school: School) -> None:
    if not TRANSFER.filter(actor, School.objects.filter(pk=school.id)).exists():
        raise Http404


@service
def cancel_transfer(*, actor: Actor, transfer_id: UUID, now: datetime) -> Transfer:
    """Take back a move nobody accepted yet: the child stays in its class.

    Raises ``Refused``, ``Http404`` (not of the old school, or closed),
    :class:`EnrollingRefused` (the child belongs elsewhere meanwhile).
    """
    TRANSFER.require(actor)
    transfer = open_transfer(actor, transfer_id)
    TRANSFER.get(actor, School.objects.all(), pk=transfer.from_school_id)
    enrollment = transfer.from_enrollment
    if enrollment.student.enrollments.filter(starts_on__gt=transfer.last_day).exists():
        raise EnrollingRefused("その後の在籍が、もう登録されています。取り消せません。")
    stay(enrollment)
    transfer.closed_at, transfer.closed_by = now, actor.person_id
    transfer.save(update_fields=["closed_at", "closed_by"])
    _recorded(actor, "cancel", transfer)
    return transfer


def open_transfer(actor: Actor, transfer_id: UUID) -> Transfer:
    """Return an open transfer of the actor's school (or any, for the board), held."""
    rows = Transfer.objects.select_for_update(of=("self",)).filter(closed_at=None)
    return TRANSFER.get(actor, rows, pk=transfer_id)


def _recorded(actor: Actor, verb: str, transfer: Transfer) -> None:
    record(
        actor=actor,
        action=f"roster.transfer:{verb}",
        subject_type="student",
        subject_id=transfer.student_id,
        data_class=DataClass.II,
        school_id=actor.school_id or transfer.from_school_id,
        details={
            "transfer": str(transfer.id),
            "to_school": str(transfer.to_school_id),
            "last_day": transfer.last_day.isoformat(),
        },
    )
