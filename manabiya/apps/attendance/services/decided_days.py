"""Write what was decided into a child's days, or take it back; every change leaves its history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.models import (
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
    MarkChange,
)
from manabiya.apps.attendance.queries.facility_days import visited_days
from manabiya.apps.attendance.services.class_days import CHANGED
from manabiya.apps.attendance.services.seals import refuse_sealed
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.events.publish import publish
from manabiya.roster.models import Enrollment, Homeroom
from manabiya.roster.queries import school_days


@dataclass
class _Writing:
    """The marks of one child, and what changes in them."""

    actor: Actor
    period: ExcusedPeriod
    now: datetime
    history: dict[date, MarkChange]
    updated: list[AttendanceMark] = field(default_factory=list)
    changes: list[MarkChange] = field(default_factory=list)

    def put(self, mark: AttendanceMark, code: str, cause: str = "") -> None:
        """Give a mark another code, and keep what it was."""
        value = rules.CODES[code]
        old = {"code": _code(mark)} | (
            {"cause": mark.cause} if mark.cause == excused.CLOSED else {}
        )
        new = {"code": code} | ({"cause": cause} if cause else {})
        self.changes.append(
            MarkChange(
                student_id=mark.student_id, date=mark.date, homeroom_id=mark.homeroom_id,
                old=old, new=new, changed_by_id=self.actor.person_id, changed_at=self.now,
            )
        )  # fmt: skip
        mark.status, mark.cause = value.status, cause or value.cause
        mark.reason = mark.reason or excused.REASONS.get(self.period.kind, "")
        mark.decided_by_id, mark.decided_at = self.actor.person_id, self.now
        self.updated.append(mark)


def rewrite_days(
    *, actor: Actor, period: ExcusedPeriod, now: datetime, before: excused.Days | None
) -> int:
    """Bring the confirmed 授業日 of a child in line with its period; return how many changed.

    ``before``: the days it excused until now (None: none). Days it holds become what is decided
    where the child was absent (出席扱い: those the facility confirmed); days it no longer excuses
    get back what stood before. Days nobody
    confirmed are left to the confirmation, which finds the period standing. Locks the classes.
    Raises :class:`AttendanceRefused` where one of the days to change is sealed.
    """
    is_excusing = period.status in excused.EXCUSING
    after = excused.Days(period.first_day, period.last_day) if is_excusing else None
    first = min(days.first for days in (before, after) if days is not None)
    marks = _confirmed_marks(period, first, now.date())
    writing = _Writing(actor, period, now, _history(period, marks))
    visited = visited_days(period.id) if period.kind == excused.DEEMED_PRESENT else None
    for mark in marks:
        is_excused = visited is None or mark.date in visited
        if after is not None and after.holds(mark.date) and is_excused:
            _excuse(writing, mark)
        elif before is not None and before.holds(mark.date):
            _give_back(writing, mark)
    for mark in writing.updated:
        refuse_sealed([mark.homeroom_id], mark.date)
    AttendanceMark.objects.bulk_update(writing.updated, CHANGED)
    MarkChange.objects.bulk_create(writing.changes)
    for day in sorted({mark.date for mark in writing.updated}):
        publish(CLASS_DAY_CHANGED, school=period.school_id, date=day)
    return len(writing.updated)


def lock_classes(student_id: UUID, school_id: UUID, first: date, last: date) -> list[Enrollment]:
    """Hold off confirmations of the child's classes; return its places in them."""
    rows = Enrollment.objects.filter(
        student_id=student_id, school_id=school_id, starts_on__lte=last
    ).exclude(ends_on__lt=first)
    seats = list(rows.order_by("starts_on"))
    homerooms = Homeroom.objects.select_for_update(no_key=True).order_by("id")
    list(homerooms.filter(pk__in={seat.homeroom_id for seat in seats}).values_list("id"))
    return seats


def _confirmed_marks(period: ExcusedPeriod, first: date, today: date) -> list[AttendanceMark]:
    """Return the child's marks of confirmed 授業日 at the period's school, by day."""
    if first > today:
        return []
    seats = lock_classes(period.student_id, period.school_id, first, today)
    calendar = school_days(period.school_id, first, today)
    confirmed = set(
        ClassDay.objects.filter(
            homeroom_id__in={seat.homeroom_id for seat in seats},
            date__range=(first, today),
            confirmed_at__isnull=False,
        ).values_list("homeroom_id", "date")
    )
    marks = AttendanceMark.objects.filter(
        student_id=period.student_id, date__range=(first, today)
    ).order_by("date")
    return [
        mark
        for mark in marks
        if (mark.homeroom_id, mark.date) in confirmed
        and any(
            seat.holds_on(mark.date) and calendar.is_school_day(mark.date, seat.grade_level)
            for seat in seats
        )
    ]


def _history(period: ExcusedPeriod, marks: Iterable[AttendanceMark]) -> dict[date, MarkChange]:
    """Return, by day, the newest change that brought what the period decides."""
    rows = MarkChange.objects.filter(
        student_id=period.student_id, date__in=[mark.date for mark in marks]
    )
    code = excused.CODES[period.kind]
    return {
        row.date: row
        for row in rows.order_by("changed_at", "id")
        if row.new.get("code") == code and "cause" not in row.new
    }


def _code(mark: AttendanceMark) -> str:
    return rules.code_of(mark.status, late=mark.late, left_early=mark.left_early, cause=mark.cause)


def _excuse(writing: _Writing, mark: AttendanceMark) -> None:
    code = excused.CODES[writing.period.kind]
    if excused.is_excused_by(_code(mark), mark.cause):
        writing.put(mark, code)


def _give_back(writing: _Writing, mark: AttendanceMark) -> None:
    code = excused.CODES[writing.period.kind]
    if _code(mark) != code or mark.cause == excused.CLOSED:
        return
    before = writing.history.get(mark.date)
    old = before.old if before is not None else {}
    if old.get("cause") == excused.CLOSED:
        writing.put(mark, "attendance_suspension", excused.CLOSED)
    elif old.get("code") in rules.ABSENT_CODES:
        writing.put(mark, old["code"])
    else:
        writing.put(mark, excused.PENDING[writing.period.kind])
