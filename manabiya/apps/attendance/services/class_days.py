"""Confirm a class day, and edit its marks afterwards: one service, since both save one form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.policies import DAY_CONFIRM
from manabiya.apps.attendance.queries.class_day import homes_of, refuse_other_days
from manabiya.apps.attendance.queries.standing import (
    ClassStanding,
    MarkOnClass,
    read_standing,
)
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.apps.attendance.services.seals import refuse_sealed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import Seat, school_days, seats_with_guests


class DayClash(AttendanceRefused):
    """The same child was changed by two people to different values; nothing was written."""

    def __init__(self, clashes: Sequence[rules.Clash]) -> None:
        super().__init__(_("ほかの人も同じ人を変えていました。どちらにするか選んでください。"))
        self.clashes = tuple(clashes)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was written: counts of the class, how many values changed, was it the first time.

    ``guests``: how many children of other classes (交流学級) were marked in their own class.
    """

    counts: rules.Counts
    changed: int
    is_first: bool
    guests: int = 0


@dataclass
class _Plan:
    """The writes of one save."""

    homeroom: Homeroom
    day: date
    actor: Actor
    now: datetime
    standing: ClassStanding
    created: list[AttendanceMark] = field(default_factory=list)
    updated: list[AttendanceMark] = field(default_factory=list)
    removed: list[UUID] = field(default_factory=list)
    changes: list[MarkChange] = field(default_factory=list)
    applied: list[UUID] = field(default_factory=list)
    rejected: list[UUID] = field(default_factory=list)
    guests: list[UUID] = field(default_factory=list)

    def homeroom_of(self, student_id: UUID) -> UUID:
        """Return the class the child's day belongs to: of a guest its own (在籍学級)."""
        return self.standing.homes.get(student_id, self.homeroom.id)


@service
def confirm_day(
    *,
    actor: Actor,
    homeroom_id: UUID,
    day: date,
    entries: Sequence[rules.Entry],
    now: datetime,
    settled: Collection[UUID] = (),
) -> Confirmed:
    """Save a class form: the first time it confirms the day, later it edits marks with history.

    ``entries`` carry the values the form was opened with, so two teachers' forms merge child by
    child; ``settled``: reports in conflict the teacher has dealt with. Writes rows for exceptions
    only. Guests (交流学級) get what the form changed, in their own class, which is not confirmed by
    this. Raises ``Http404``, ``Refused``, :class:`AttendanceRefused`, :class:`DayClash`.
    """
    DAY_CONFIRM.require(actor)
    homeroom = DAY_CONFIRM.get(
        actor, Homeroom.objects.select_for_update(no_key=True), pk=homeroom_id
    )
    refuse_other_days(DAY_CONFIRM, actor, homeroom.id, day)
    seats = _seats(homeroom, day, actor.today)
    ids = [seat.student_id for seat in seats]
    homes = homes_of(seats)
    guest_homes = _lock_homes(homes, entries)
    refuse_sealed([homeroom.id, *guest_homes], day)
    standing = read_standing(homeroom.id, day, ids, homes)
    merged = rules.merge(_known(entries, ids), standing.codes(ids))
    if merged.clashes:
        raise DayClash(merged.clashes)
    if rules.undecided(merged.codes, standing.codes(ids)):
        raise AttendanceRefused(
            _(
                "出席停止・忌引・出席扱い・変災は、校長が決めたときだけ付きます。「他」から申し出てください。"
            )
        )
    plan = _Plan(homeroom, day, actor, now, standing)
    for student_id in ids:
        if student_id not in homes or _is_touched(plan, student_id, merged, settled):
            _plan_child(plan, student_id, merged.codes[student_id], settled)
    _write(plan)
    counts = rules.count([merged.codes[i] for i in ids if i not in homes], is_confirmed=True)
    changed = sum(change.student_id not in homes for change in plan.changes)
    result = Confirmed(counts, changed, not standing.is_confirmed, len(plan.guests))
    _tell(plan, result)
    return result


def _lock_homes(homes: Mapping[UUID, UUID], entries: Sequence[rules.Entry]) -> list[UUID]:
    """Hold the classes of the guests the form may change: their teachers mark them as well.

    Return those classes.
    """
    held = {homes[e.student_id] for e in entries if e.student_id in homes and e.chosen != e.base}
    if held:
        rows = Homeroom.objects.select_for_update(no_key=True).filter(pk__in=held)
        list(rows.order_by("pk").values_list("pk"))
    return sorted(held)


def _is_touched(
    plan: _Plan, student_id: UUID, merged: rules.Merged, settled: Collection[UUID]
) -> bool:
    """Return whether the form says something new of a guest; note it in the plan."""
    reports = plan.standing.reports.get(student_id, ())
    is_touched = merged.codes[student_id] != plan.standing.of(student_id).code or any(
        report.id in settled for report in reports
    )
    if is_touched:
        plan.guests.append(student_id)
    return is_touched


def _seats(homeroom: Homeroom, day: date, today: date) -> list[Seat]:
    """Return the children with school on ``day``, guests last; refuse a day ahead or off."""
    if day > today:
        raise AttendanceRefused(
            _("これからの日は確定できません。その日になってから確定してください。")
        )
    calendar = school_days(homeroom.school_id, day, day)
    seats = [
        seat
        for seat in seats_with_guests(homeroom.id, day, today)
        if calendar.has_lessons(day, seat.grade_level, seat.home.id if seat.home else homeroom.id)
    ]
    is_empty = all(seat.home for seat in seats)
    if is_empty and any(change.is_closing for change in calendar.changes):
        raise AttendanceRefused(_("この学級は休みです(休校・閉鎖)。確定するものはありません。"))
    if is_empty:
        raise AttendanceRefused(_("この日は授業日ではありません。確定するものはありません。"))
    return seats


def _known(entries: Sequence[rules.Entry], ids: Collection[UUID]) -> list[rules.Entry]:
    """Return the entries of children of the class; a changed child who left it is refused."""
    if any(e.student_id not in ids and e.chosen != e.base for e in entries):
        raise AttendanceRefused(
            _(
                "この学級にいない人が入っています。何も保存していません。画面を開きなおしてください。"
            )
        )
    return [entry for entry in entries if entry.student_id in ids]


def _plan_child(plan: _Plan, student_id: UUID, code: str, settled: Collection[UUID]) -> None:
    before = plan.standing.of(student_id)
    mark = plan.standing.marks.get(student_id)
    if mark is None and code != rules.PRESENT:
        plan.created.append(_mark(plan, student_id, code))
    elif mark is not None and code == rules.PRESENT:
        plan.removed.append(mark.id)
    elif mark is not None and code != mark.code:
        plan.updated.append(_changed(plan, student_id, code, mark))
    if before.is_decided and before.code != code:
        plan.changes.append(_change(plan, student_id, before.code, code))
    for report in plan.standing.reports.get(student_id, ()):
        if report.is_open or report.id in settled:
            is_applied = rules.is_applied(report.kind, code)
            (plan.applied if is_applied else plan.rejected).append(report.id)


def _mark(plan: _Plan, student_id: UUID, code: str) -> AttendanceMark:
    """Return the row of an exception; a report that says the same is its source."""
    value = rules.CODES[code]
    reports = plan.standing.reports.get(student_id, ())
    report = next((r for r in reversed(reports) if rules.is_applied(r.kind, code)), None)
    period = plan.standing.periods.get(student_id)
    reason = period.reason if period and code == plan.standing.excused_code(student_id) else ""
    clock = plan.now.time().replace(second=0, microsecond=0)
    is_confirmed = plan.standing.confirmation(student_id) is not None
    is_edit = is_confirmed and plan.day == plan.now.date()
    return AttendanceMark(
        student_id=student_id,
        date=plan.day,
        homeroom_id=plan.homeroom_of(student_id),
        status=value.status,
        cause=value.cause,
        late=value.late,
        left_early=value.left_early,
        arrived_time=clock if is_edit and value.late else None,
        left_time=clock if is_edit and value.left_early else None,
        reason=reason or (report.reason if report else ""),
        source=AttendanceMark.Source.GUARDIAN if report else AttendanceMark.Source.TEACHER,
        decided_by_id=plan.actor.person_id,
        decided_at=plan.now,
        report_id=report.id if report else None,
    )


def _changed(plan: _Plan, student_id: UUID, code: str, old: MarkOnClass) -> AttendanceMark:
    """Return the row with a new value; what stays true of the old one (遅刻, 早退) keeps its time.

    A child that was here and still is also keeps its reason where no report says another.
    """
    changed = _mark(plan, student_id, code)
    changed.id = old.id
    before = rules.CODES[old.code]
    if before.late and changed.late:
        changed.arrived_time = F("arrived_time")
    if before.left_early and changed.left_early:
        changed.left_time = F("left_time")
    if before.status == changed.status and not changed.reason:
        changed.reason = old.reason
    return changed


def _change(plan: _Plan, student_id: UUID, old: str, new: str) -> MarkChange:
    return MarkChange(
        student_id=student_id,
        date=plan.day,
        homeroom_id=plan.homeroom_of(student_id),
        old={"code": old},
        new={"code": new},
        changed_by_id=plan.actor.person_id,
        changed_at=plan.now,
    )


CHANGED = (
    "status", "cause", "late", "left_early", "arrived_time", "left_time", "reason", "source",
    "decided_by", "decided_at", "report",
)  # fmt: skip


def _write(plan: _Plan) -> None:
    """Write what there is to write: one statement per table and kind."""
    if not plan.standing.is_confirmed:
        ClassDay.objects.bulk_create(
            [
                ClassDay(
                    homeroom_id=plan.homeroom.id,
                    date=plan.day,
                    confirmed_at=plan.now,
                    confirmed_by_id=plan.actor.person_id,
                )
            ],
            update_conflicts=True,
            unique_fields=["municipality", "homeroom", "date"],
            update_fields=["confirmed_at", "confirmed_by"],
        )
    if plan.created:
        AttendanceMark.objects.bulk_create(plan.created)
    if plan.updated:
        AttendanceMark.objects.bulk_update(plan.updated, CHANGED)
    if plan.removed:
        AttendanceMark.objects.filter(pk__in=plan.removed).delete()
    if plan.changes:
        MarkChange.objects.bulk_create(plan.changes)
    if plan.applied:
        AbsenceReport.objects.filter(pk__in=plan.applied).update(
            status=AbsenceReport.Status.APPLIED
        )
    if plan.rejected:
        AbsenceReport.objects.filter(pk__in=plan.rejected).update(
            status=AbsenceReport.Status.REJECTED
        )


def _tell(plan: _Plan, result: Confirmed) -> None:
    record(
        actor=plan.actor,
        action="attendance.day:confirm" if result.is_first else "attendance.mark:edit",
        subject_type="homeroom",
        subject_id=plan.homeroom.id,
        subject_count=result.counts.enrolled if result.is_first else result.changed,
        data_class=DataClass.II,
        details={
            "date": plan.day.isoformat(),
            "changed": [str(c.student_id) for c in plan.changes],
            **({"guests": [str(i) for i in plan.guests]} if plan.guests else {}),
        },
    )
    publish(CLASS_DAY_CHANGED, school=plan.homeroom.school_id, date=plan.day)
