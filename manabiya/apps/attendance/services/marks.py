"""End a child's 未着: the mark becomes what the child's day really was."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, MarkChange
from manabiya.apps.attendance.policies import ARRIVAL_SETTLE
from manabiya.apps.attendance.queries.decisions import excused_code_on
from manabiya.apps.attendance.queries.standing_rows import SHOWN
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.seals import refuse_sealed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Homeroom

SETTLED_AS = frozenset({rules.PRESENT, "late", *rules.ABSENT_CODES})
CHANGED = (
    "status", "cause", "late", "left_early", "arrived_time", "reason", "note", "source",
    "decided_by", "decided_at", "report",
)  # fmt: skip


@service
def settle_not_arrived(
    *, actor: Actor, student_id: UUID, day: date, code: str, note: str, now: datetime
) -> UUID:
    """Turn the mark 未着 of a child's day into ``code``, with history; return the homeroom's id.

    ``code``: present (the mark goes), late (arrived ``now``), absent_sick or absent_other (on a
    day of a decided period: what was decided). A report that says the same is applied with it. Raises ``Refused``, ``Http404`` (no mark the actor
    reaches), :class:`AttendanceRefused` (somebody else was first).
    """
    if code not in SETTLED_AS:
        raise ValueError(code)
    ARRIVAL_SETTLE.require(actor)
    marks = AttendanceMark.objects.filter(student_id=student_id, date=day)
    if code in rules.ABSENT_CODES:
        code = excused_code_on(student_id, day) or code
    homeroom_id = ARRIVAL_SETTLE.get(actor, marks).homeroom_id
    homeroom = Homeroom.objects.select_for_update(no_key=True).get(pk=homeroom_id)
    refuse_sealed([homeroom_id], day)
    mark = marks.filter(status=AttendanceMark.Status.NOT_ARRIVED).first()
    if mark is None:
        raise AttendanceRefused(_("ほかの人が先に結果をつけました。いまの値を確かめてください。"))
    reports = AbsenceReport.objects.filter(student_id=student_id, date=day, status__in=SHOWN)
    said = [r for r in reports.order_by("submitted_at", "id") if rules.is_applied(r.kind, code)]
    _write(mark, actor, code, note, now, said)
    record(
        actor=actor,
        action="attendance.arrival:settle",
        subject_type="student",
        subject_id=student_id,
        data_class=DataClass.II,
        details={"date": day.isoformat(), "homeroom": str(homeroom.id)},
    )
    publish(CLASS_DAY_CHANGED, school=homeroom.school_id, date=day)
    return homeroom_id


def _write(
    mark: AttendanceMark,
    actor: Actor,
    code: str,
    note: str,
    now: datetime,
    said: list[AbsenceReport],
) -> None:
    """Write the mark (present has none), its history, and the reports that say the same."""
    MarkChange.objects.create(
        student_id=mark.student_id,
        date=mark.date,
        homeroom_id=mark.homeroom_id,
        old={"code": rules.NOT_ARRIVED},
        new={"code": code},
        changed_by_id=actor.person_id,
        changed_at=now,
    )
    if code == rules.PRESENT:
        mark.delete()
    else:
        _fill(mark, actor, code, note, now, said[-1] if said else None)
        mark.save(update_fields=CHANGED)
    AbsenceReport.objects.filter(pk__in=[report.id for report in said]).update(
        status=AbsenceReport.Status.APPLIED
    )


def _fill(
    mark: AttendanceMark,
    actor: Actor,
    code: str,
    note: str,
    now: datetime,
    report: AbsenceReport | None,
) -> None:
    value = rules.CODES[code]
    mark.status, mark.cause = value.status, value.cause
    mark.late, mark.left_early = value.late, value.left_early
    is_today = mark.date == now.date()
    arrived = now.time().replace(second=0, microsecond=0)
    mark.arrived_time = arrived if value.late and is_today else None
    mark.reason = report.reason if report else ""
    mark.note = note
    mark.source = AttendanceMark.Source.GUARDIAN if report else AttendanceMark.Source.TEACHER
    mark.decided_by_id, mark.decided_at = actor.person_id, now
    mark.report = report
