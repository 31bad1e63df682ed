"""A child comes from outside the city and is seated in a class."""

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
from manabiya.roster.enrolling.services.seats import check_grade, locked_homeroom, seat
from manabiya.roster.models import Arrival, Enrollment, School, Student

ENTRIES = (Enrollment.Entry.TRANSFER_IN, Enrollment.Entry.LATE_ADMISSION)


@dataclass(frozen=True, slots=True)
class NewStudent:
    """Who comes, as the papers of the board say."""

    reference: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    birth_date: date
    sex: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a child comes from (school or country, its place) and why."""

    origin: str
    origin_place: str = ""
    note: str = ""


@service
def admit_student(
    *,
    actor: Actor,
    school_id: UUID,
    person: NewStudent,
    origin: Origin,
    homeroom_id: UUID,
    grade_level: int,
    first_day: date,
    now: datetime,
    entry: str = Enrollment.Entry.TRANSFER_IN,
) -> Enrollment:
    """Seat a child from outside the city from ``first_day`` (転入学・編入学).

    Whoever was here before comes back under the same 識別番号, with the history; the name stays
    as registered. Raises ``Refused``, ``Http404`` (another's school), :class:`EnrollingRefused`
    (day, class, grade, the number of somebody else, enrolled somewhere already).
    """
    TRANSFER.require(actor)
    school = TRANSFER.get(actor, School.objects.all(), pk=school_id)
    if entry not in ENTRIES or not origin.origin.strip():
        raise EnrollingRefused("入り方と、前の学校か国を書いてください。", "origin")
    if not rules.is_admission_day(first_day, actor.today):
        raise EnrollingRefused("受け入れる日は、14日前から60日先までにしてください。", "first_day")
    student = _student(person, actor.today)
    homeroom = locked_homeroom(homeroom_id, school.id, first_day)
    check_grade(homeroom, grade_level, school.kind)
    enrollment = seat(
        student.id, homeroom, grade_level=grade_level, entry=entry, starts_on=first_day
    )
    arrival = Arrival.objects.create(
        enrollment=enrollment,
        **{name: text.strip() for name, text in asdict(origin).items()},
        recorded_by=actor.person_id,
        recorded_at=now,
    )
    _recorded(actor, arrival)
    return enrollment


def _student(person: NewStudent, today: date) -> Student:
    """Return the student of the number, held: the one registered, or a new one."""
    values = {key: v.strip() if isinstance(v, str) else v for key, v in asdict(person).items()}
    reference = values.pop("reference")
    if not (reference and values["family_name"] and values["family_kana"]):
        raise EnrollingRefused("識別番号と、姓とかなを書いてください。", "reference")
    if person.birth_date > today:
        raise EnrollingRefused("生年月日が先の日です。", "birth_date")
    student, _ = Student.objects.get_or_create(reference=reference, defaults=values)
    if student.birth_date != person.birth_date:
        raise EnrollingRefused(
            "この識別番号は、生年月日のちがう人のものです。番号と生年月日を確かめてください。",
            "reference",
        )
    list(Student.objects.select_for_update().filter(pk=student.pk))
    return student


def _recorded(actor: Actor, arrival: Arrival) -> None:
    enrollment = arrival.enrollment
    record(
        actor=actor,
        action="roster.student:admit",
        subject_type="student",
        subject_id=enrollment.student_id,
        data_class=DataClass.II,
        school_id=actor.school_id or enrollment.school_id,
        details={
            "arrival": str(arrival.id),
            "enrollment": str(enrollment.id),
            "first_day": enrollment.starts_on.isoformat(),
        },
    )
