"""Where the children of a school sat in a stretch of days, and the terms of its year."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from manabiya.roster.models import Enrollment, School, Student, Term
from manabiya.roster.queries.years import terms_of


@dataclass(frozen=True, slots=True)
class StayLine:
    """A child's place in a class of a school from a day to a day (inclusive; None: still there)."""

    student_id: UUID
    homeroom_id: UUID
    grade_level: int
    roll_number: int
    starts_on: date
    ends_on: date | None


def stays_between(school_id: UUID, first: date, last: date) -> list[StayLine]:
    """Return every place of a school from ``first`` to ``last`` (one query); authorise first."""
    rows = Enrollment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=first), school_id=school_id, starts_on__lte=last
    ).order_by("grade_level", "roll_number", "starts_on")
    fields = ("student_id", "homeroom_id", "grade_level", "roll_number", "starts_on", "ends_on")
    return [StayLine(*row) for row in rows.values_list(*fields)]


def called(student_ids: list[UUID]) -> dict[UUID, str]:
    """Return what children are called on lists (one query); authorise them first."""
    rows = Student.objects.filter(pk__in=student_ids)
    return {row.id: row.display_name for row in rows}


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term (学期): its number, name and days."""

    number: int
    name: str
    first: date
    last: date


def terms_at(school_id: UUID, school_year: int) -> list[TermLine]:
    """Return the terms of a school, else of the municipality, else of the board's plan.

    One query, three where no term is written down; maybe none.
    """
    rows = list(
        Term.objects.filter(
            Q(school_id=school_id) | Q(school=None), school_year=school_year
        ).order_by("number")
    )
    own = [row for row in rows if row.school_id is not None] or rows
    if own:
        return [TermLine(row.number, row.name, row.starts_on, row.ends_on) for row in own]
    kind = School.objects.values_list("kind", flat=True).get(pk=school_id)
    return [
        TermLine(number, term.name, term.starts_on, term.ends_on)
        for number, term in enumerate(terms_of(kind, school_year), start=1)
    ]
