"""Children who have left one school of the city and are not seated at the next one yet."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from manabiya.roster.models import Enrollment, Transfer
from manabiya.roster.models.protection import standing_rights


@dataclass(frozen=True, slots=True)
class MovingChild:
    """A guardian's child between two schools: the new one has not accepted it yet."""

    student_id: UUID
    name: str
    kana: str
    school_name: str
    school_phone: str
    last_day: date

    @property
    def whom_to_call(self) -> str:
        """Return the new school, with its number when it has one."""
        return f"{self.school_name}({self.school_phone})" if self.school_phone else self.school_name


def moving_children(guardian_id: UUID, today: date) -> list[MovingChild]:
    """Return the children of a guardian whose move is open and whose last day has passed.

    Of rights that stand today only: whoever is excluded from a child learns of no new school.
    Whoever is seated somewhere today or later is none of them (one query).
    """
    mine = standing_rights(today).filter(
        Q(can_view=True) | Q(can_report=True), guardian_id=guardian_id
    )
    seats = Enrollment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), student_id=OuterRef("student_id")
    )
    rows: QuerySet[Transfer] = Transfer.objects.filter(
        ~Exists(seats),
        closed_at=None,
        last_day__lt=today,
        student_id__in=mine.values("student_id"),
    ).select_related("student", "to_school")
    return [
        MovingChild(
            student_id=row.student_id,
            name=row.student.name,
            kana=row.student.kana,
            school_name=row.to_school.name,
            school_phone=row.to_school.phone,
            last_day=row.last_day,
        )
        for row in rows.order_by("student__birth_date", "student_id")
    ]
