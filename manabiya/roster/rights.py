"""The rights source of the house: appointments, cover and guardians' rights of one day.

Rights begin at 0:00 of ``starts_on`` and end at 24:00 of ``ends_on``, school local dates. Whoever
is excluded from a protected child has none for it, whatever a row says. A guardian without any
right today is nobody here, exactly like an account that was never registered.
"""

from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from manabiya.kernel.access.actors import Grant, PersonRights
from manabiya.kernel.identity.models import Hat
from manabiya.roster.models import Appointment, Cover, Guardian, Post, School
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import standing_rights
from manabiya.roster.rules import duties_of, posts_that_inherit

BOARD_POSTS = (Post.BOARD_OFFICER, Post.BOARD_ADMINISTRATOR)


def rights_of(
    *, hat: Hat, person_id: UUID, today: date, school_slug: str | None
) -> PersonRights | None:
    """Return name, place and grants of a person in a hat on ``today``."""
    match hat:
        case Hat.GUARDIAN:
            return _guardian(person_id, today)
        case Hat.STAFF:
            return _staff(person_id, today, school_slug)
        case Hat.BOARD:
            return _board(person_id, today, school_slug)


def _guardian(person_id: UUID, today: date) -> PersonRights | None:
    rights = standing_rights(today).filter(guardian_id=OuterRef("id"), can_view=True)
    guardian = (
        Guardian.objects.filter(pk=person_id)
        .annotate(children=ArraySubquery(rights.values("student_id")))
        .only("family_name", "given_name")
        .first()
    )
    if guardian is None or not guardian.children:
        return None
    grant = Grant(role="guardian", label="保護者", student_ids=frozenset(guardian.children))
    return PersonRights(name=guardian.name, grants=(grant,))


def _appointments(person_id: UUID, today: date) -> list[Appointment]:
    return list(
        Appointment.objects.filter(on_day(today), staff_member_id=person_id)
        .select_related("staff_member", "school", "homeroom", "municipality")
        .order_by("-is_main", "post", "id")
    )


def _staff(person_id: UUID, today: date, school_slug: str | None) -> PersonRights | None:
    appointments = [a for a in _appointments(person_id, today) if a.school is not None]
    if not appointments:
        return None
    school = next((a.school for a in appointments if a.school.slug == school_slug), None)
    if school_slug is not None and school is None:
        return None
    covered = _covered(person_id, today, school.id if school else None)
    grants = [_grant(a) for a in appointments]
    if school is not None:
        grants += _inherited(appointments, school.id, today)
    grants += [_cover_grant(cover) for cover in covered]
    return PersonRights(
        name=appointments[0].staff_member.name,
        grants=tuple(_teaching_first(grants)),
        school_id=school.id if school else None,
        place=(f"{appointments[0].municipality.name}立", school.name) if school else (),
    )


def _board(person_id: UUID, today: date, school_slug: str | None) -> PersonRights | None:
    appointments = [a for a in _appointments(person_id, today) if a.post in BOARD_POSTS]
    if not appointments:
        return None
    school = School.objects.filter(slug=school_slug).first() if school_slug else None
    if school_slug is not None and school is None:
        return None
    city = appointments[0].municipality.name
    return PersonRights(
        name=appointments[0].staff_member.name,
        grants=tuple(Grant(role=a.post, label=a.get_post_display()) for a in appointments),
        school_id=school.id if school else None,
        place=(f"{city}立", school.name) if school else (city, "教育委員会"),
    )


def _grant(appointment: Appointment) -> Grant:
    homeroom = appointment.homeroom
    label = Post(appointment.post).label
    if homeroom is not None:
        label = f"{homeroom.name} {'担任' if appointment.post == Post.HOMEROOM_TEACHER else label}"
    return Grant(
        role=appointment.post,
        label=label,
        school_id=appointment.school_id,
        homeroom_ids=frozenset([homeroom.id]) if homeroom else frozenset(),
        school_slug=appointment.school.slug if appointment.school else "",
        school_name=appointment.school.name if appointment.school else "",
    )


def _covered(person_id: UUID, today: date, school_id: UUID | None) -> list[Cover]:
    if school_id is None:
        return []
    return list(
        Cover.objects.filter(
            staff_member_id=person_id, date=today, homeroom__school_id=school_id
        ).select_related("homeroom")
    )


def _cover_grant(cover: Cover) -> Grant:
    return Grant(
        role="cover",
        label=f"{cover.homeroom.name} 今日の代理",
        school_id=cover.homeroom.school_id,
        homeroom_ids=frozenset([cover.homeroom_id]),
    )


def _inherited(appointments: list[Appointment], school_id: UUID, today: date) -> list[Grant]:
    """Return the grants of empty posts that fall to this person (one query, heirs only)."""
    heirs = [a for a in appointments if a.school_id == school_id and a.post in posts_that_inherit()]
    if not heirs:
        return []
    present = set(
        Appointment.objects.filter(on_day(today), school_id=school_id).values_list(
            "post", flat=True
        )
    )
    mine = {a.post for a in appointments if a.school_id == school_id}
    return [
        Grant(role=duty, label=Post(heir.post).label, school_id=school_id, is_fallback=True)
        for heir in heirs
        for duty in sorted(duties_of(heir.post, present) - mine)
    ]


def _teaching_first(grants: list[Grant]) -> list[Grant]:
    """Order so that the label in the bar is the post people know the person by."""
    rank = {Post.PRINCIPAL: 0, Post.VICE_PRINCIPAL: 1, Post.HOMEROOM_TEACHER: 2}
    return sorted(grants, key=lambda grant: (grant.is_fallback, rank.get(grant.role, 5)))  # type: ignore[call-overload]
