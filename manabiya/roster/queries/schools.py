"""Schools and homerooms with their teachers, and how many children belong where."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Trim

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.registry import Place
from manabiya.roster.models import Appointment, CalendarDay, Enrollment, Homeroom, Post, School
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.school import in_kind_order


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

    ``calendar``: what the school's calendar says of the day, by grade (0: all grades).
    """

    id: UUID
    name: str
    school_id: UUID
    school_name: str
    school_year: int
    calendar: dict[int, bool]
    day_label: str
    previous_day: date | None
    next_day: date | None

    def is_school_day(self, grade_level: int) -> bool:
        """Return whether the day is a 授業日 for the grade; a row of the grade overrides."""
        return self.calendar.get(grade_level, self.calendar.get(0, False))


def homeroom_day(actor: Actor, policy: Policy, homeroom_id: UUID, day: date) -> HomeroomDay:
    """Return the homeroom if ``policy`` lets ``actor`` touch it, else raise 404 (one query)."""
    calendar = CalendarDay.objects.filter(school_id=OuterRef("school_id"))
    today = calendar.filter(date=day).order_by("grade_level")
    open_days = calendar.filter(is_school_day=True)
    rows = Homeroom.objects.select_related("school").annotate(
        grades=ArraySubquery(today.values("grade_level")),
        opens=ArraySubquery(today.values("is_school_day")),
        day_label=Subquery(today.values("label")[:1]),
        previous_day=Subquery(open_days.filter(date__lt=day).order_by("-date").values("date")[:1]),
        next_day=Subquery(open_days.filter(date__gt=day).order_by("date").values("date")[:1]),
    )
    row = policy.get(actor, rows, pk=homeroom_id)
    return HomeroomDay(
        id=row.id,
        name=row.name,
        school_id=row.school_id,
        school_name=row.school.name,
        school_year=row.school_year,
        calendar=dict(zip(row.grades, row.opens, strict=True)),
        day_label=row.day_label or "",
        previous_day=row.previous_day,
        next_day=row.next_day,
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
