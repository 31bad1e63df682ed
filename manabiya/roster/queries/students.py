"""Students in lists: by class, by kana."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import STUDENT_VIEW
from manabiya.roster.queries.finding import named


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student in a list, with today's class."""

    student_id: UUID
    name: str
    kana: str
    homeroom_id: UUID
    homeroom_name: str
    grade_level: int
    roll_number: int
    sex: str


def student_lines(
    viewer: Actor, *, today: date, homeroom_id: UUID | None = None, typed: str = ""
) -> list[StudentLine]:
    """Return the students ``viewer`` may see today, by class and 出席番号 (one query).

    ``typed``: the beginning of the name, legal or 通称, in any kana or as written.
    """
    rows = STUDENT_VIEW.filter(viewer, Enrollment.objects.filter(on_day(today)))
    if homeroom_id is not None:
        rows = rows.filter(homeroom_id=homeroom_id)
    if typed.strip():
        rows = named(rows, typed)
    rows = rows.select_related("student", "homeroom").order_by(
        "homeroom__position", "homeroom__name", "grade_level", "roll_number", "id"
    )
    return [
        StudentLine(
            student_id=row.student_id,
            name=row.student.display_name,
            kana=row.student.display_kana,
            homeroom_id=row.homeroom_id,
            homeroom_name=row.homeroom.name,
            grade_level=row.grade_level,
            roll_number=row.roll_number,
            sex=row.student.get_sex_display(),
        )
        for row in rows
    ]
