"""One child's day: what stands, what was said, and every change: old → new, who, when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark, ClassDay, MarkChange
from manabiya.apps.attendance.policies import CONSULTATION_VIEW, DAY_CONFIRM
from manabiya.apps.attendance.queries.class_day import refuse_other_days
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.queries import StudentLine, may_reach_student, student_lines

MOST = 30


@dataclass(frozen=True, slots=True)
class SaidCode:
    """A value of the history: code of :mod:`.rules`, with reason, time and note where kept."""

    code: str
    reason: str = ""
    left_time: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: from what to what, who, when."""

    old: SaidCode
    new: SaidCode
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ChildDay:
    """A child on a day; ``may_go_home``: the class is confirmed and nobody says it is away."""

    student_id: UUID
    name: str
    homeroom_id: UUID
    homeroom_name: str
    date: date
    standing: SaidCode
    confirmed_by: str
    confirmed_at: datetime | None
    changes: tuple[ChangeLine, ...]

    @property
    def may_go_home(self) -> bool:
        """Return whether the child can be written down as going home."""
        is_here = rules.CODES[self.standing.code].status == "present"
        return self.confirmed_at is not None and is_here


def child_day(viewer: Actor, *, student_id: UUID, day: date) -> ChildDay:
    """Return a child's day (five queries); ``Http404`` for a child the viewer doesn't confirm."""
    seats = Enrollment.objects.filter(on_day(day)).select_related("student", "homeroom")
    seat = DAY_CONFIRM.get(viewer, seats, student_id=student_id)
    refuse_other_days(DAY_CONFIRM, viewer, seat.homeroom_id, day)
    mark = AttendanceMark.objects.filter(student_id=student_id, date=day).first()
    confirmed = (
        ClassDay.objects.filter(homeroom_id=seat.homeroom_id, date=day, confirmed_at__isnull=False)
        .select_related("confirmed_by")
        .first()
    )
    hides = not may_reach_student(viewer, CONSULTATION_VIEW, student_id)
    rows = MarkChange.objects.filter(student_id=student_id, date=day).select_related("changed_by")
    return ChildDay(
        student_id=student_id,
        name=seat.student.display_name,
        homeroom_id=seat.homeroom_id,
        homeroom_name=seat.homeroom.name,
        date=day,
        standing=_standing(mark, hides=hides),
        confirmed_by=confirmed.confirmed_by.name if confirmed and confirmed.confirmed_by else "",
        confirmed_at=confirmed.confirmed_at if confirmed else None,
        changes=tuple(
            ChangeLine(
                _said(row.old, hides=hides),
                _said(row.new, hides=hides),
                row.changed_by.name,
                row.changed_at,
            )
            for row in rows.order_by("changed_at", "id")
        ),
    )


def _standing(mark: AttendanceMark | None, *, hides: bool) -> SaidCode:
    if mark is None:
        return SaidCode(rules.PRESENT)
    said = {
        "code": rules.code_of(
            mark.status, late=mark.late, left_early=mark.left_early, cause=mark.cause
        ),
        "reason": mark.reason,
        "note": mark.note,
        "left_time": f"{mark.left_time:%H:%M}" if mark.left_time else "",
    }
    return _said(said, hides=hides)


def _said(words: dict[str, str], *, hides: bool) -> SaidCode:
    """Return the value; 相談・登校しぶり and its note become その他 for whom it is not meant."""
    reason, note = words.get("reason", ""), words.get("note", "")
    if hides and reason == rules.CONSULTATION:
        reason, note = rules.OTHER_REASON, ""
    label = str(AbsenceReport.Reason(reason).label) if reason else ""
    return SaidCode(words["code"], label, words.get("left_time", "").lstrip("0"), note)


def found_children(viewer: Actor, *, typed: str, day: date) -> list[StudentLine]:
    """Return up to thirty children the viewer confirms whose name begins with ``typed``."""
    if not typed.strip():
        return []
    found = student_lines(viewer, today=day, typed=typed)
    rows = Enrollment.objects.filter(on_day(day), student_id__in=[c.student_id for c in found])
    mine = set(DAY_CONFIRM.filter(viewer, rows).values_list("student_id", flat=True))
    reached = [child for child in found if child.student_id in mine]
    return sorted(reached, key=lambda child: (child.kana, child.homeroom_name))[:MOST]
