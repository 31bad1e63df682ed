"""A child changes the class within its school (学級の変更)."""

from datetime import date
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.enrolling.policies import CLASS_CHANGE
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.enrolling.services.seats import check_grade, leave, locked_homeroom, seat
from manabiya.roster.families.rules import DAY
from manabiya.roster.models import Enrollment, Student
from manabiya.roster.models.dated import on_day


@service
def change_class(
    *, actor: Actor, student_id: UUID, homeroom_id: UUID, first_day: date
) -> Enrollment:
    """Let a child belong to another class of the same school from ``first_day``; grade stays.

    The old class keeps it until the day before. Raises ``Refused``, ``Http404``,
    :class:`EnrollingRefused` (the day, the class, what is registered later).
    """
    CLASS_CHANGE.require(actor)
    student = CLASS_CHANGE.get(actor, Student.objects.select_for_update(), pk=student_id)
    old = Enrollment.objects.filter(
        on_day(first_day), student_id=student.id, school_id=actor.at
    ).select_related("school").first()  # fmt: skip
    if first_day < actor.today or old is None or old.starts_on >= first_day:
        raise EnrollingRefused(
            "いつからは、今日か、今の在籍が続いている間の日にしてください(始まった日はだめです)。",
            "first_day",
        )
    homeroom = locked_homeroom(homeroom_id, old.school_id, first_day)
    if homeroom.id == old.homeroom_id:
        raise EnrollingRefused("今と同じ学級です。学級を選びなおしてください。", "homeroom")
    check_grade(homeroom, old.grade_level, old.school.kind)
    leave(old, first_day - DAY, Enrollment.Exit.CLASS_CHANGE)
    new = seat(
        student.id, homeroom, grade_level=old.grade_level,
        entry=Enrollment.Entry.CLASS_CHANGE, starts_on=first_day,
    )  # fmt: skip
    record(
        actor=actor,
        action="roster.enrollment:change-class",
        subject_type="student",
        subject_id=student.id,
        data_class=DataClass.II,
        details={
            "before": str(old.id),
            "after": str(new.id),
            "first_day": first_day.isoformat(),
        },
    )
    return new
