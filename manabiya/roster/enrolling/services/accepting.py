"""The new school accepts a child that moves in, and seats it."""

from datetime import date, datetime
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.enrollment_span import transfer_date
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.enrolling.services.seats import check_grade, locked_homeroom, seat
from manabiya.roster.families.rules import DAY
from manabiya.roster.models import Enrollment, School, Student, Transfer


@service
def accept_transfer(
    *,
    actor: Actor,
    transfer_id: UUID,
    homeroom_id: UUID,
    now: datetime,
    first_day: date | None = None,
    grade_level: int | None = None,
) -> Enrollment:
    """Seat a child from ``first_day`` (the day after the last at the old school if not given).

    Days between belong to neither school. Raises ``Refused``, ``Http404`` (not for this school,
    closed), :class:`EnrollingRefused` (day, class, grade).
    """
    TRANSFER.require(actor)
    rows = Transfer.objects.select_for_update(of=("self",)).filter(closed_at=None)
    transfer = TRANSFER.get(actor, rows, pk=transfer_id)
    TRANSFER.get(actor, School.objects.all(), pk=transfer.to_school_id)
    enrollment = seat_transferred(
        actor, transfer, homeroom_id, now=now, first_day=first_day, grade_level=grade_level
    )
    record(
        actor=actor,
        action="roster.transfer:accept",
        subject_type="student",
        subject_id=transfer.student_id,
        data_class=DataClass.II,
        school_id=actor.school_id or transfer.to_school_id,
        details={
            "transfer": str(transfer.id),
            "enrollment": str(enrollment.id),
            "first_day": enrollment.starts_on.isoformat(),
        },
    )
    return enrollment


def seat_transferred(
    actor: Actor,
    transfer: Transfer,
    homeroom_id: UUID,
    *,
    now: datetime,
    first_day: date | None = None,
    grade_level: int | None = None,
) -> Enrollment:
    """Seat the child of an open transfer and close it."""
    day = first_day or transfer.last_day + DAY
    _check_day(transfer.last_day, day)
    list(Student.objects.select_for_update().filter(pk=transfer.student_id))
    homeroom = locked_homeroom(homeroom_id, transfer.to_school_id, day)
    grade = grade_level or grade_for(transfer, day)
    check_grade(homeroom, grade or 0, transfer.to_school.kind)
    enrollment = seat(
        transfer.student_id, homeroom, grade_level=grade or 0,
        entry=Enrollment.Entry.TRANSFER_IN, starts_on=day,
    )  # fmt: skip
    transfer.to_enrollment = enrollment
    transfer.closed_at, transfer.closed_by = now, actor.person_id
    transfer.save(update_fields=["to_enrollment", "closed_at", "closed_by"])
    return enrollment


def grade_for(transfer: Transfer, day: date) -> int | None:
    """Return the grade the child has at the new school on ``day``; None when it has none there."""
    old = transfer.from_enrollment
    years = school_year_of(day) - old.homeroom.school_year
    return rules.suggested_grade(
        old.grade_level, transfer.from_school.kind, transfer.to_school.kind, years
    )


def _check_day(last_day: date, day: date) -> None:
    try:
        transfer_date(last_day, day)
    except ValueError as error:
        raise EnrollingRefused(f"{error}。", "first_day") from error
    if day > last_day + rules.LONGEST_GAP:
        raise EnrollingRefused("受け入れる日は、去る日から31日以内にしてください。", "first_day")
