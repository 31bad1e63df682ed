"""Reads: who can be invited, and where their login stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from manabiya.apps.founding.models import StaffInvitation
from manabiya.apps.founding.policies import INVITE
from manabiya.kernel import clock
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.identity.models import Hat, Membership
from manabiya.roster.models import Appointment
from manabiya.roster.rights import BOARD_POSTS

LABELS = {
    "none": "まだ出していません",
    "issued": "リンクを出しました",
    "expired": "期限切れ",
    "used": "使っています",
}


@dataclass(slots=True)
class Invitable:
    """A person who may get a link: name, posts, the hat of the login, and its state."""

    id: UUID
    name: str
    kana: str
    hat: Hat
    posts: list[str] = field(default_factory=list)
    state: str = "none"

    @property
    def label(self) -> str:
        """Return the state in words."""
        return LABELS[self.state]


def _posts(actor: Actor) -> list[Appointment]:
    """Return the appointments within the actor's reach that haven't ended."""
    rows = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=actor.today))
    return list(
        INVITE.filter(actor, rows)
        .select_related("staff_member", "school", "homeroom")
        .order_by("staff_member__kana_key", "staff_member_id", "-is_main", "post")
    )


def invitable(
    actor: Actor, staff_member_ids: Iterable[UUID] | None = None, *, names_schools: bool = True
) -> list[Invitable]:
    """Return the people the actor may invite, by name (of those given, if any are).

    ``names_schools``: posts say at which school, unless the actor is at one.
    """
    is_named = names_schools and actor.school_id is None
    wanted = None if staff_member_ids is None else set(staff_member_ids)
    found: dict[UUID, Invitable] = {}
    for post in _posts(actor):
        if wanted is not None and post.staff_member_id not in wanted:
            continue
        person = post.staff_member
        entry = found.setdefault(
            person.id, Invitable(person.id, person.name, person.kana, Hat.STAFF)
        )
        if post.post in BOARD_POSTS:
            entry.hat = Hat.BOARD
        where = post.homeroom.name if post.homeroom else ""
        school = post.school.name if post.school and is_named else ""
        entry.posts.append(" ".join(filter(None, (school, where, post.get_post_display()))))
    return list(found.values())


def lines(actor: Actor, school_id: UUID | None) -> list[Invitable]:
    """Return the people of a school (None: of the board) with the state of their login."""
    here = {post.staff_member_id for post in _posts(actor) if post.school_id == school_id}
    people = invitable(actor, here, names_schools=False)
    ids = [person.id for person in people]
    joined = set(
        Membership.objects.filter(
            municipality_id=actor.municipality_id, person_id__in=ids, revoked_at=None
        )
        .exclude(hat=Hat.GUARDIAN)
        .values_list("person_id", flat=True)
    )
    rows = StaffInvitation.objects.filter(staff_member_id__in=ids, revoked_at=None, used_at=None)
    open_until = dict(rows.order_by("issued_at").values_list("staff_member_id", "expires_at"))
    for person in people:
        if person.id in joined:
            person.state = "used"
        elif until := open_until.get(person.id):
            person.state = "issued" if until > clock.real_now() else "expired"
    return people


@dataclass(frozen=True, slots=True)
class Place:
    """What a link says about itself: whose it is, as what, and where."""

    name: str
    post: str
    where: str


def place_of(invitation: StaffInvitation) -> Place | None:
    """Return whose link it is; None when the person has no post any more. In the tenant."""
    today = clock.school_now(invitation.municipality).date()
    post = (
        Appointment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), staff_member_id=invitation.staff_member_id
        )
        .select_related("staff_member", "school", "municipality")
        .order_by("-is_main", "starts_on", "post")
        .first()
    )
    if post is None:
        return None
    where = post.school.name if post.school else "教育委員会"
    return Place(
        post.staff_member.name, post.get_post_display(), f"{post.municipality.name} {where}"
    )
