"""Write down that a child of a confirmed class goes home sick: 早退 with time, reason and history."""

from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.policies import DAY_CONFIRM
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.seals import refuse_sealed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Enrollment, Homeroom
from manabiya.roster.models.dated import on_day

Reason = AbsenceReport.Reason
HOME_REASONS = (
    Reason.FEVER,
    Reason.COLD,
    Reason.STOMACH_ACHE,
    Reason.INJURY,
    Reason.OTHER,
)
"""Why staff send a child home; what a family confided is not among them."""


@service
def send_home(
    *, actor: Actor, student_id: UUID, reason: str, left_at: time, note: str, now: datetime
) -> MarkChange:
    """Turn the child's day into 早退 (遅刻 stays) with time, reason and note; return the history.

    ``reason``: one of :data:`HOME_REASONS`. Raises ``Refused``, ``Http404`` (no child the actor
    confirms), :class:`AttendanceRefused` (class not confirmed, child not here, a time
    ahead, a sealed month).
    """
    DAY_CONFIRM.require(actor)
    if reason not in HOME_REASONS:
        raise AttendanceRefused(_("具合を選んでください。"))
    if left_at > now.time():
        raise AttendanceRefused(_("これからの時刻です。学校を出る時刻は、いままでの時刻にします。"))
    day = now.date()
    homeroom = _homeroom(actor, student_id, day)
    refuse_sealed([homeroom.id], day)
    mark = AttendanceMark.objects.filter(student_id=student_id, date=day).first()
    old = _check_here(homeroom, mark, day)
    mark = mark or AttendanceMark(student_id=student_id, date=day, homeroom_id=homeroom.id)
    new = rules.code_of("present", late=mark.late, left_early=True)
    before = _words(mark, old)
    _fill(mark, actor, reason, left_at, note, now)
    mark.save()
    AbsenceReport.objects.filter(
        student_id=student_id,
        date=day,
        kind=AbsenceReport.Kind.LEFT_EARLY,
        status=AbsenceReport.Status.CONFLICT,
    ).update(status=AbsenceReport.Status.APPLIED)
    change = MarkChange.objects.create(
        student_id=student_id,
        date=day,
        homeroom_id=homeroom.id,
        old=before,
        new=_words(mark, new),
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    record(
        actor=actor,
        action="attendance.mark:send-home",
        subject_type="student",
        subject_id=student_id,
        data_class=DataClass.II,
        details={"date": day.isoformat(), "homeroom": str(homeroom.id)},
    )
    publish(CLASS_DAY_CHANGED, school=homeroom.school_id, date=day)
    return change


def _homeroom(actor: Actor, student_id: UUID, day: date) -> Homeroom:
    """Return the child's class of today, locked; another's does not exist."""
    seat = DAY_CONFIRM.get(actor, Enrollment.objects.filter(on_day(day)), student_id=student_id)
    return Homeroom.objects.select_for_update(no_key=True).get(pk=seat.homeroom_id)


def _check_here(homeroom: Homeroom, mark: AttendanceMark | None, day: date) -> str:
    """Return the code that stands; refuse where nobody says that the child is here."""
    confirmed = ClassDay.objects.filter(
        homeroom_id=homeroom.id, date=day, confirmed_at__isnull=False
    )
    if not confirmed.exists():
        raise AttendanceRefused(
            _("学級の出欠がまだ確定していません。学級の画面で先に確定してください。")
        )
    if mark is None:
        return rules.PRESENT
    if mark.status != AttendanceMark.Status.PRESENT:
        raise AttendanceRefused(
            _("いまは「%(status)s」です。来ているときは、先に学級の画面で直してください。")
            % {"status": mark.get_status_display()}
        )
    return rules.code_of(mark.status, late=mark.late, left_early=mark.left_early)


def _fill(
    mark: AttendanceMark, actor: Actor, reason: str, left_at: time, note: str, now: datetime
) -> None:
    mark.status, mark.left_early = AttendanceMark.Status.PRESENT, True
    mark.left_time = left_at.replace(second=0, microsecond=0)
    mark.reason, mark.note = reason, note.strip()
    mark.source = AttendanceMark.Source.TEACHER
    mark.decided_by_id, mark.decided_at = actor.person_id, now


def _words(mark: AttendanceMark, code: str) -> dict[str, str]:
    """Return what the history keeps: the code, and time and reason where a row has them."""
    found = {"code": code, "reason": mark.reason, "note": mark.note}
    if mark.left_time:
        found["left_time"] = f"{mark.left_time:%H:%M}"
    return {key: value for key, value in found.items() if value}
