"""Schools and homerooms with their teachers, and how many children belong where."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Trim

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.registry import Place
from manabiya.roster.calendar.days import SchoolDays
from manabiya.roster.calendar.rules import Change
from manabiya.roster.models import Appointment, CalendarDay, Enrollment, Homeroom, Post, School
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.school import in_kind_order
from manabiya.roster.queries.calendar import one_day, open_days
from manabiya.roster.queries.changes import changes_json, read_changes
from manabiya.roster.queries.seats import Seat


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """A school in a list."""

    id: UUID
    name: str
    slug: str
    kind: str
    phone: str


def schools_of_municipality() -> list[SchoolCard]:
    """Return every school of the municipality: 小学校, 中学校, 義務教育学校, each by code."""
    rows = School.objects.order_by(in_kind_order(), "code")
    return [SchoolCard(id=r.id, name=r.name, slug=r.slug, kind=r.kind, phone=r.phone) for r in rows]


@dataclass(frozen=True, slots=True)
class HomeroomCard:
    """A homeroom with its school and the names of its 学級担任."""

    id: UUID
    name: str
    kind: str
    school_year: int
    school_id: UUID
    school_name: str
    school_kind: str
    teacher_names: tuple[str, ...]


def homeroom_card(homeroom_id: UUID, day: date) -> HomeroomCard:
    """Return one homeroom (one query); authorise it first with a policy."""
    return _card(_with_teachers(day).get(pk=homeroom_id))


def homerooms_at(school_id: UUID, school_year: int, day: date) -> list[HomeroomCard]:
    """Return the homerooms of a school in a school year, in the school's order (one query)."""
    rows = _with_teachers(day).filter(school_id=school_id, school_year=school_year)
    return [_card(row) for row in rows.order_by("position", "name")]


def _with_teachers(day: date) -> Any:
    """Return the homerooms, each with its school and the names of who teaches it on ``day``."""
    posts = Appointment.objects.filter(
        on_day(day), post=Post.HOMEROOM_TEACHER, homeroom_id=OuterRef("id")
    ).order_by("starts_on", "id")
    name = Concat("staff_member__family_name", Value(" "), "staff_member__given_name")
    return Homeroom.objects.select_related("school").annotate(
        teachers=ArraySubquery(posts.values_list(Trim(name)))
    )


def _card(homeroom: Any) -> HomeroomCard:
    return HomeroomCard(
        id=homeroom.id,
        name=homeroom.name,
        kind=homeroom.kind,
        school_year=homeroom.school_year,
        school_id=homeroom.school_id,
        school_name=homeroom.school.name,
        school_kind=homeroom.school.kind,
        teacher_names=tuple(homeroom.teachers),
    )


@dataclass(frozen=True, slots=True)
class EnrolledCount:
    """How many children of one grade belong to a homeroom on a day."""

    school_id: UUID
    homeroom_id: UUID
    grade_level: int
    count: int


def enrolled_counts(day: date, school_id: UUID | None = None) -> list[EnrolledCount]:
    """Return the enrolled children of the municipality (or one school) by homeroom and grade."""
    rows = Enrollment.objects.filter(on_day(day))
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    counted = (
        rows.values("school_id", "homeroom_id", "grade_level")
        .annotate(count=Count("id"))
        .order_by("school_id", "homeroom_id", "grade_level")
    )
    return [EnrolledCount(**row) for row in counted]


@dataclass(frozen=True, slots=True)
class HomeroomDay:
    """A homeroom on one day: for which grades it is a 授業日, and the open days around it.

    ``days``: what holds of the day; ``starts_at``: when the school begins on an ordinary day.
    """

    id: UUID
    name: str
    school_id: UUID
    school_name: str
    school_year: int
    day: date
    days: SchoolDays
    day_label: str
    previous_day: date | None
    next_day: date | None
    starts_at: time
    school_kind: str = ""

    def has_lessons(self, seat: Seat) -> bool:
        """Return whether the child has school; a guest, whether its own class has."""
        return self.days.has_lessons(self.day, seat.grade_level, self._class_of(seat))

    def closure(self, seat: Seat) -> Change | None:
        """Return why the child has none although the calendar names a 授業日."""
        return self.days.closure(self.day, seat.grade_level, self._class_of(seat))

    def delay(self, seat: Seat) -> timedelta:
        """Return by how much the child's day starts later."""
        return self.days.delay(self.day, seat.grade_level, self._class_of(seat))

    def _class_of(self, seat: Seat) -> UUID:
        return seat.home.id if seat.home else self.id


def homeroom_day(actor: Actor, policy: Policy, homeroom_id: UUID, day: date) -> HomeroomDay:
    """Return the homeroom if ``policy`` lets ``actor`` touch it, else raise 404.

    One query, one more where a grade or a class of the school is closed.
    """
    today = CalendarDay.objects.filter(school_id=OuterRef("school_id"), date=day)
    today = today.order_by("grade_level")
    around = open_days().filter(school_id=OuterRef("school_id"))
    rows = Homeroom.objects.select_related("school").annotate(
        grades=ArraySubquery(today.values("grade_level")),
        opens=ArraySubquery(today.values("is_school_day")),
        day_label=Subquery(today.values("label")[:1]),
        changes=changes_json(day, day),
        previous_day=Subquery(around.filter(date__lt=day).order_by("-date").values("date")[:1]),
        next_day=Subquery(around.filter(date__gt=day).order_by("date").values("date")[:1]),
    )
    row = policy.get(actor, rows, pk=homeroom_id)
    return HomeroomDay(
        id=row.id,
        name=row.name,
        school_id=row.school_id,
        school_name=row.school.name,
        school_year=row.school_year,
        day=day,
        days=one_day(
            row.school_id, day, zip(row.grades, row.opens, strict=True), read_changes(row.changes)
        ),
        day_label=row.day_label or "",
        previous_day=row.previous_day,
        next_day=row.next_day,
        starts_at=row.school.starts_at,
        school_kind=row.school.kind,
    )


def homeroom_ids_for(actor: Actor, policy: Policy, school_year: int) -> list[UUID]:
    """Return the homerooms of the place of ``actor`` which ``policy`` lets it touch (one query)."""
    rows = Homeroom.objects.filter(school_year=school_year, school_id=actor.school_id)
    return list(policy.filter(actor, rows).values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class SchoolHead:
    """What stands at the head of a paper of the school."""

    full_name: str
    principal: str
    phone: str


def school_of(school_id: UUID, day: date) -> SchoolHead:
    """Return name, principal and phone of a school (two queries)."""
    school = School.objects.select_related("municipality").get(pk=school_id)
    post = (
        Appointment.objects.filter(on_day(day), school_id=school_id, post=Post.PRINCIPAL)
        .select_related("staff_member")
        .order_by("-starts_on")
        .first()
    )
    return SchoolHead(
        full_name=f"{school.municipality.name}立{school.name}",
        principal=post.staff_member.name if post else "",
        phone=school.phone,
    )


def places() -> list[Place]:
    """Return the schools as the kernel names them."""
    return [Place(card.id, card.slug, card.name) for card in schools_of_municipality()]
