"""Who sits in a class, on a day or in a stretch of days."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from manabiya.roster.models import Enrollment


@dataclass(frozen=True, slots=True)
class Seat:
    """A child's place in a homeroom: 出席番号, grade, and from which to which day (inclusive).

    ``name`` is what the child is called on lists: the 通称 where it is used.
    """

    student_id: UUID
    name: str
    kana: str
    roll_number: int
    grade_level: int
    sex: str
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Return whether the child belongs to the class on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def seats_on(homeroom_id: UUID, day: date) -> list[Seat]:
    """Return the children of a homeroom on ``day``, by grade and 出席番号."""
    return seats_between(homeroom_id, day, day)


def seats_between(homeroom_id: UUID, first: date, last: date) -> list[Seat]:
    """Return every child who belonged to a homeroom at some time from ``first`` to ``last``."""
    rows: QuerySet[Enrollment] = (
        Enrollment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=first),
            homeroom_id=homeroom_id,
            starts_on__lte=last,
        )
        .select_related("student")
        .order_by("grade_level", "roll_number", "starts_on", "id")
    )
    return [
        Seat(
            student_id=row.student_id,
            name=row.student.display_name,
            kana=row.student.display_kana,
            roll_number=row.roll_number,
            grade_level=row.grade_level,
            sex=row.student.sex,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]
