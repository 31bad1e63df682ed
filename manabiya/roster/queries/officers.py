"""Who held the posts that sign a paper of a class, and from which to which day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from manabiya.roster.models import Appointment, Homeroom, Post


@dataclass(frozen=True, slots=True)
class OfficerSpan:
    """A person in a post; ``ends_on`` None: still."""

    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ClassOfficers:
    """The full name of the school, its principals and the class's 担任, by day."""

    school_name: str
    principals: tuple[OfficerSpan, ...]
    teachers: tuple[OfficerSpan, ...]


def class_officers(homeroom_id: UUID, first: date, last: date) -> ClassOfficers:
    """Return who was principal and 担任 at some time from ``first`` to ``last`` (two queries)."""
    room = Homeroom.objects.select_related("school__municipality").get(pk=homeroom_id)
    posts = (
        Appointment.objects.filter(
            Q(post=Post.PRINCIPAL) | Q(post=Post.HOMEROOM_TEACHER, homeroom_id=homeroom_id),
            Q(ends_on__isnull=True) | Q(ends_on__gte=first),
            school_id=room.school_id,
            starts_on__lte=last,
        )
        .select_related("staff_member")
        .order_by("starts_on", "staff_member__kana_key", "id")
    )
    found: dict[str, list[OfficerSpan]] = {Post.PRINCIPAL: [], Post.HOMEROOM_TEACHER: []}
    for post in posts:
        found[post.post].append(OfficerSpan(post.staff_member.name, post.starts_on, post.ends_on))
    return ClassOfficers(
        f"{room.school.municipality.name}立{room.school.name}",
        tuple(found[Post.PRINCIPAL]),
        tuple(found[Post.HOMEROOM_TEACHER]),
    )
