"""A child's exceptions of this school year, whatever school and class they were noted at."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.models import AttendanceMark
from manabiya.apps.attendance.policies import CONSULTATION_VIEW, REGISTER_VIEW
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import first_day, school_year_of
from manabiya.roster.queries import may_reach_student

Status = AttendanceMark.Status
ABSENT = (Status.ABSENT_SICK, Status.ABSENT_OTHER)
EXCUSED = (Status.ATTENDANCE_SUSPENSION, Status.BEREAVEMENT)
NEWEST = 10


@dataclass(slots=True)
class ClassSum:
    """How often a child was absent, excused, late and left early while it was in a class."""

    school_name: str
    homeroom_name: str
    absent: int = 0
    excused: int = 0
    late: int = 0
    left_early: int = 0

    def add(self, mark: AttendanceMark) -> None:
        """Count one exception."""
        self.absent += mark.status in ABSENT
        self.excused += mark.status in EXCUSED
        self.late += mark.late
        self.left_early += mark.left_early


@dataclass(frozen=True, slots=True)
class ChildHistory:
    """The sums of each class, in the order of the year, and the newest exceptions."""

    sums: list[ClassSum] = field(default_factory=list)
    newest: list[AttendanceMark] = field(default_factory=list)


def child_history(viewer: Actor, student_id: UUID, today: date) -> ChildHistory | None:
    """Return the exceptions of a child since April (two queries); None for another's child.

    They follow a child that moves: its school of today sees what earlier ones noted.
    """
    if not may_reach_student(viewer, REGISTER_VIEW, student_id):
        return None
    rows = AttendanceMark.objects.filter(
        student_id=student_id, date__gte=first_day(school_year_of(today)), date__lte=today
    ).select_related("homeroom__school")
    marks = list(rows.order_by("date"))
    sums: dict[UUID, ClassSum] = {}
    for mark in marks:
        room = mark.homeroom
        sums.setdefault(room.id, ClassSum(room.school.name, room.name)).add(mark)
    newest = marks[: -NEWEST - 1 : -1]
    _hide_consultations(viewer, student_id, newest)
    return ChildHistory(list(sums.values()), newest)


def _hide_consultations(viewer: Actor, student_id: UUID, marks: list[AttendanceMark]) -> None:
    """Show 相談・登校しぶり as その他 to whom it is not meant for (one query, where there is one)."""
    found = [mark for mark in marks if mark.reason == rules.CONSULTATION]
    if not found or may_reach_student(viewer, CONSULTATION_VIEW, student_id):
        return
    for mark in found:
        mark.reason = rules.OTHER_REASON
