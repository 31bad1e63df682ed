"""Change and cancel an own report until the cut-off."""

from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import REPORT_RECEIVED
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.policies import REPORT_SUBMIT
from manabiya.apps.attendance.queries.standing_rows import OPEN
from manabiya.apps.attendance.services.pickups import keep_pickup
from manabiya.apps.attendance.services.refusals import AlreadyReported, AttendanceRefused
from manabiya.apps.attendance.services.reports import open_reports
from manabiya.apps.attendance.services.words import FIELDS, Word
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass, Refused
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import Child, children_of


@service
def change_report(*, actor: Actor, report_id: UUID, word: Word, now: datetime) -> AbsenceReport:
    """Change an own open report until the cut-off; raises :class:`AttendanceRefused` after it."""
    report, child = _own_open(actor, report_id, now)
    for other in open_reports(actor, child, report.date):
        if other.id != report.id and rules.is_same_matter(other.kind, word.kind):
            raise AlreadyReported(_("この日の連絡は、もう届いています。"), other)
    word.write_to(report)
    report.status, report.changed_at = AbsenceReport.Status.CHANGED, now
    report.save(update_fields=[*FIELDS, "status", "changed_at"])
    keep_pickup(report, word.pickup, now=now)
    _recorded(actor, "change", report, child)
    return report


@service
def cancel_report(*, actor: Actor, report_id: UUID, now: datetime) -> AbsenceReport:
    """Cancel an own open report until the cut-off; the row stays and says so."""
    report, child = _own_open(actor, report_id, now)
    report.status, report.changed_at = AbsenceReport.Status.CANCELLED, now
    report.save(update_fields=["status", "changed_at"])
    _recorded(actor, "cancel", report, child)
    return report


def _own_open(actor: Actor, report_id: UUID, now: datetime) -> tuple[AbsenceReport, Child]:
    REPORT_SUBMIT.require(actor)
    own = AbsenceReport.objects.filter(guardian_id=actor.person_id)
    report = REPORT_SUBMIT.get(actor, own, pk=report_id)
    child = _child(actor, report.student_id, report.date, now)
    list(
        Homeroom.objects.select_for_update(no_key=True)
        .filter(pk=child.homeroom_id)
        .values_list("id")
    )
    report.refresh_from_db(fields=["status"])
    if report.status not in OPEN:
        raise AttendanceRefused(
            _("この連絡は、もう変えられません。学校(%(phone)s)へ電話してください。")
            % {"phone": child.school_phone}
        )
    cutoff = child.cutoff_on(report.date)
    if rules.is_after_cutoff(now=now, day=report.date, cutoff=cutoff):
        raise AttendanceRefused(
            _("%(time)sを過ぎたので、ここでは変えられません。学校(%(phone)s)へ電話してください。")
            % {"time": f"{cutoff:%-H:%M}", "phone": child.school_phone}
        )
    return report, child


def _child(actor: Actor, student_id: UUID, day: date, now: datetime) -> Child:
    """Return the child at the school of ``day``."""
    children = children_of(actor.person_id, now.date())
    child = next((child for child in children if child.student_id == student_id), None)
    if child is None:
        raise Http404
    if not child.can_report:
        raise Refused(REPORT_SUBMIT.permission, tuple(REPORT_SUBMIT.holders))
    return child.on(day)


def _recorded(actor: Actor, verb: str, report: AbsenceReport, child: Child) -> None:
    record(
        actor=actor,
        action=f"attendance.report:{verb}",
        subject_type="student",
        subject_id=report.student_id,
        data_class=DataClass.II,
        school_id=child.school_id,
        details={"report": str(report.id), "date": report.date.isoformat()},
    )
    publish(REPORT_RECEIVED, report=report.id, school=child.school_id, date=report.date)
