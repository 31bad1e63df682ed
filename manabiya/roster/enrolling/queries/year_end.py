"""What closing a year will do, and how far the next one has come in."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import last_day, school_year_of
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.policies import YEAR_CLOSE
from manabiya.roster.models import Enrollment, Homeroom, School, SchoolYearClosing
from manabiya.roster.models.dated import on_day


def enrollments_to_close(school_id: UUID, school_year: int) -> QuerySet[Enrollment]:
    """Return the enrollments of a year that reach its last day and have no end of their own."""
    last = last_day(school_year)
    rows: QuerySet[Enrollment] = Enrollment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=last) | Q(ends_on=last, exit=""),
        school_id=school_id,
        homeroom__school_year=school_year,
        starts_on__lte=last,
    )
    return rows


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """What closing a year will do: how many of each grade, and what was done already."""

    school_year: int | None
    last_day: date | None
    by_grade: list[tuple[int, int, bool]]
    closed: SchoolYearClosing | None
    history: list[SchoolYearClosing]

    @property
    def graduates(self) -> int:
        """Return how many children graduate."""
        return sum(count for _, count, leaves in self.by_grade if leaves)

    @property
    def promotes(self) -> int:
        """Return how many go on to the next grade."""
        return sum(count for _, count, leaves in self.by_grade if not leaves)


def closing_plan(viewer: Actor) -> ClosingPlan:
    """Return what the viewer's school can close today, and what it closed (three queries)."""
    school = YEAR_CLOSE.get(viewer, School.objects.all(), pk=viewer.at)
    history = list(SchoolYearClosing.objects.filter(school=school).order_by("-school_year"))
    year = rules.year_to_close(viewer.today)
    if year is None:
        return ClosingPlan(None, None, [], None, history)
    counted: Any = enrollments_to_close(school.id, year).values("grade_level")
    rows = counted.annotate(count=Count("id")).order_by("grade_level")
    by_grade = [
        (row["grade_level"], row["count"], rules.graduates(row["grade_level"], school.kind))
        for row in rows
    ]
    closed = next((row for row in history if row.school_year == year), None)
    return ClosingPlan(year, last_day(year), by_grade, closed, history)


@dataclass(frozen=True, slots=True)
class NewYear:
    """How far a new school year has come in: classes without children, children without a class."""

    school_year: int
    classes: int
    empty_classes: list[str]
    waiting: int


def new_year(school_id: UUID, school_year: int, today: date) -> NewYear:
    """Return the classes of the year nobody belongs to yet, and last year's children without one.

    Two queries.
    """
    homerooms = list(
        Homeroom.objects.filter(school_id=school_id, school_year=school_year)
        .annotate(count=Count("enrollments"))
        .order_by("position", "name")
    )
    waiting = waiting_enrollments(school_year, today).filter(school_id=school_id).count()
    empty = [homeroom.name for homeroom in homerooms if homeroom.count == 0]
    return NewYear(school_year, len(homerooms), empty, waiting)


def waiting_enrollments(
    school_year: int, today: date, *, knows_coming: bool = True
) -> QuerySet[Enrollment]:
    """Return last year's enrollments of children who have no place in this year yet.

    The row that held on 3/31; who moved away, and who finished 中学校, waits for nothing.
    ``knows_coming``: a place that begins after today counts as one.
    """
    here = Enrollment.objects.filter(homeroom__school_year__gte=school_year)
    if not knows_coming:
        here = here.filter(starts_on__lte=today)
    gone = Enrollment.Exit.of_the_city()
    rows: QuerySet[Enrollment] = (
        Enrollment.objects.filter(
            on_day(last_day(school_year - 1)), homeroom__school_year=school_year - 1
        )
        .exclude(exit__in=gone)
        .exclude(_finished())
        .exclude(student_id__in=here.values("student_id"))
    )
    return rows


@dataclass(frozen=True, slots=True)
class WaitingChild:
    """A child without a place in the new year, with its last class."""

    student_id: UUID
    name: str
    homeroom_name: str


def waiting_children(school_id: UUID, today: date) -> list[WaitingChild]:
    """Return the children whose last school this is, by class and 出席番号 (one query)."""
    rows = waiting_enrollments(school_year_of(today), today, knows_coming=False)
    found = rows.filter(school_id=school_id).select_related("student", "homeroom")
    return [
        WaitingChild(row.student_id, row.student.display_name, row.homeroom.name)
        for row in found.order_by("homeroom__position", "roll_number", "id")
    ]


def _finished() -> Q:
    """Return the condition that compulsory education ends with the year: 9th grade of the nine."""
    kinds = School.Kind
    return Q(school__kind=kinds.JUNIOR_HIGH, grade_level__gte=3) | Q(
        school__kind=kinds.COMPULSORY_EDUCATION, grade_level__gte=9
    )
