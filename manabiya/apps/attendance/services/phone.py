"""Take a report at the telephone: staff write down what a family said, into the same list."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.diseases import DISEASE_WORDS
from manabiya.apps.attendance.events import REPORT_RECEIVED
from manabiya.apps.attendance.models import AbsenceReport, ClassDay
from manabiya.apps.attendance.policies import PHONE_TAKE
from manabiya.apps.attendance.queries.standing_rows import SHOWN
from manabiya.apps.attendance.services.pickups import keep_pickup, names_who_comes
from manabiya.apps.attendance.services.refusals import AlreadyReported, AttendanceRefused
from manabiya.apps.attendance.services.reports import TRIES, receipt_number
from manabiya.apps.attendance.services.words import Word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.calendar.rules import later
from manabiya.roster.models import Enrollment, Homeroom
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import SchoolDays, school_days
from manabiya.roster.queries.cutoffs import cutoff_of

KINDS = AbsenceReport.Kind.choices
REASONS = AbsenceReport.Reason.choices
TEMPERATURES = AbsenceReport.Temperature.choices
DISEASES = tuple(DISEASE_WORDS.items())


@service
def take_phone_report(
    *, actor: Actor, student_id: UUID, day: date, word: Word, key: str, now: datetime
) -> AbsenceReport:
    """Keep what a family said at the telephone about one child and one day; a claim, never a mark.

    The same ``key``, or the same words by the same person, return the first report. After the
    cut-off it is marked 締切後; after the class was confirmed it becomes a conflict and changes no
    mark. A child that leaves early needs the word who comes. Raises ``Refused``, ``Http404`` (no
    child of this school), :class:`AttendanceRefused`, :class:`AlreadyReported` (by whomever).
    """
    PHONE_TAKE.require(actor)
    seats = Enrollment.objects.filter(on_day(now.date())).select_related("school")
    seat = PHONE_TAKE.get(actor, seats, student_id=student_id)
    calendar = school_days(seat.school_id, day, day)
    _check(seat, calendar, day, word, now)
    list(Homeroom.objects.select_for_update(no_key=True).filter(pk=seat.homeroom_id).values("id"))
    cutoff = later(
        cutoff_of(seat.school, day), calendar.delay(day, seat.grade_level, seat.homeroom_id)
    )
    is_late = rules.is_after_cutoff(now=now, day=day, cutoff=cutoff)
    report = _sent_before(actor, student_id, day, word, key, now) or _store(
        actor, seat, day, word, key, now, is_late=is_late
    )
    record(
        actor=actor,
        action="attendance.report:take-by-phone",
        subject_type="student",
        subject_id=student_id,
        data_class=DataClass.II,
        details={"report": str(report.id), "date": day.isoformat()},
    )
    publish(REPORT_RECEIVED, report=report.id, school=seat.school_id, date=day)
    return report


def _check(seat: Enrollment, calendar: SchoolDays, day: date, word: Word, now: datetime) -> None:
    if not rules.is_reportable(today=now.date(), day=day):
        raise AttendanceRefused(
            _("連絡できるのは、今日から14日先までです。日を選びなおしてください。")
        )
    if not calendar.has_lessons(day, seat.grade_level, seat.homeroom_id):
        raise AttendanceRefused(_("その日は授業がありません。連絡はいりません。"))
    if word.kind == AbsenceReport.Kind.LEFT_EARLY and word.pickup is None:
        raise AttendanceRefused(_("だれが迎えに来るかを聞いて、選んでください。"))


def _sent_before(
    actor: Actor, student_id: UUID, day: date, word: Word, key: str, now: datetime
) -> AbsenceReport | None:
    """Return the report of the same key or words; refuse a second one of the same matter."""
    known: AbsenceReport | None = AbsenceReport.objects.filter(idempotency_key=key).first()
    if known is not None:
        if (known.staff_member_id, known.student_id) != (actor.person_id, student_id):
            raise AttendanceRefused(_("この画面は古くなりました。もう一度さがしてください。"))
        return known
    standing = AbsenceReport.objects.filter(student_id=student_id, date=day, status__in=SHOWN)
    for report in standing.order_by("submitted_at", "id"):
        if _says_same(actor, report, word, now):
            return report
        if rules.is_same_matter(report.kind, word.kind):
            raise AlreadyReported(_("この日の連絡は、もう届いています。"), report)
    return None


def _says_same(actor: Actor, report: AbsenceReport, word: Word, now: datetime) -> bool:
    """Return whether the same person wrote the same before, who comes for the child included."""
    is_own = report.staff_member_id == actor.person_id
    return is_own and word.says_what(report) and names_who_comes(report, word.pickup, now=now)


def _store(
    actor: Actor,
    seat: Enrollment,
    day: date,
    word: Word,
    key: str,
    now: datetime,
    *,
    is_late: bool,
) -> AbsenceReport:
    confirmed = ClassDay.objects.filter(
        homeroom_id=seat.homeroom_id, date=day, confirmed_at__isnull=False
    )
    is_conflict = day == now.date() and confirmed.exists()
    for _attempt in range(TRIES):
        report = AbsenceReport(
            student_id=seat.student_id,
            date=day,
            status="conflict" if is_conflict else "submitted",
            staff_member_id=actor.person_id,
            submitted_at=now,
            is_after_cutoff=is_late,
            idempotency_key=key,
            receipt_number=receipt_number(now),
        )
        word.write_to(report)
        AbsenceReport.objects.bulk_create([report], ignore_conflicts=True)
        stored: AbsenceReport | None = AbsenceReport.objects.filter(idempotency_key=key).first()
        if stored is not None:
            if stored.kind == AbsenceReport.Kind.LEFT_EARLY:
                keep_pickup(stored, word.pickup, now=now)
            return stored
    raise AttendanceRefused(_("受け取れませんでした。入力は残っています。もう一度お試しください。"))
