"""A child leaves every school of the city: another municipality, abroad, or for another reason."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.services.refusals import EnrollingRefused
from manabiya.roster.enrolling.services.seats import ending_enrollment, leave, stay
from manabiya.roster.models import Departure, Enrollment, Student

GOES_SOMEWHERE = (Enrollment.Exit.TRANSFER_OUT, Enrollment.Exit.WITHDRAWAL)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a child goes (school or country, its place) and why."""

    destination: str = ""
    destination_place: str = ""
    note: str = ""


@service
def record_departure(
    *,
    actor: Actor,
    student_id: UUID,
    kind: str,
    last_day: date,
    where: Destination,
    now: datetime,
) -> Departure:
    """Record that a child leaves the city's schools at 24:00 of ``last_day`` (転出 and the like).

    ``kind``: one of ``Enrollment.Exit.of_the_city``. What is registered about the child stays.
    Raises ``Refused``, ``Http404`` (not within reach), :class:`EnrollingRefused` (kind, day,
    no destination where there must be one, a move recorded already).
    """
    TRANSFER.require(actor)
    student = TRANSFER.get(actor, Student.objects.select_for_update(), pk=student_id)
    if kind not in Enrollment.Exit.of_the_city():
        raise EnrollingRefused("去り方を選んでください。", "kind")
    if kind in GOES_SOMEWHERE and not where.destination.strip():
        raise EnrollingRefused("転学と退学では、移る先の学校か国を書いてください。", "destination")
    enrollment = ending_enrollment(student.id, last_day, actor.today)
    leave(enrollment, last_day, kind)
    departure = Departure.objects.create(
        enrollment=enrollment,
        **{name: text.strip() for name, text in asdict(where).items()},
        recorded_by=actor.person_id,
        recorded_at=now,
    )
    _recorded(actor, "record", departure)
    return departure


@service
def cancel_departure(*, actor: Actor, departure_id: UUID, now: datetime) -> Departure:
    """Take back a departure recorded by mistake: the child stays in its class.

    Raises ``Refused``, ``Http404`` (not of this school, taken back before),
    :class:`EnrollingRefused` (more than 14 days after the last day, enrolled elsewhere since).
    """
    TRANSFER.require(actor)
    rows = Departure.objects.select_for_update(of=("self",)).filter(cancelled_at=None)
    departure = TRANSFER.get(actor, rows, pk=departure_id)
    enrollment = departure.enrollment
    last = enrollment.ends_on
    if last is None or not rules.may_take_back(last, actor.today):
        raise EnrollingRefused("去った日から14日を過ぎました。取り消せません。")
    if enrollment.student.enrollments.filter(starts_on__gt=last).exists():
        raise EnrollingRefused("その後の在籍が、もう登録されています。取り消せません。")
    stay(enrollment)
    departure.cancelled_at, departure.cancelled_by = now, actor.person_id
    departure.save(update_fields=["cancelled_at", "cancelled_by"])
    _recorded(actor, "cancel", departure)
    return departure


def _recorded(actor: Actor, verb: str, departure: Departure) -> None:
    enrollment = departure.enrollment
    record(
        actor=actor,
        action=f"roster.departure:{verb}",
        subject_type="student",
        subject_id=enrollment.student_id,
        data_class=DataClass.II,
        school_id=actor.school_id or enrollment.school_id,
        details={"departure": str(departure.id), "enrollment": str(enrollment.id)},
    )
