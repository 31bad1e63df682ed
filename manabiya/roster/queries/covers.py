"""Who stands in for whom today, and who could at one press."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.models import Appointment, Cover, Homeroom, Post, StaffMember
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import COVER_NAME
from manabiya.roster.queries.schools import HomeroomCard, homerooms_at

OFFERED = 2
LOOK_BACK = timedelta(days=30)
SPARE = (Post.ASSISTANT_HOMEROOM_TEACHER, Post.ACADEMIC_AFFAIRS_HEAD, Post.SUBJECT_TEACHER)
"""Posts that may stand in when they hold no class of their own, in this order."""


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A class: who stands in today, and who is offered, best first."""

    card: HomeroomCard
    covers: tuple[Cover, ...]
    offered: tuple[StaffMember, ...]


def cover_lines(viewer: Actor) -> list[CoverLine]:
    """Return the classes of the school with today's cover and who could stand in (five queries).

    Offered are, in this order: the 副担任 of the class, who stood in for it within the last thirty
    days, others without a class of their own; nobody who stands in for a class today already.
    """
    assert viewer.school_id is not None
    today = viewer.today
    cards = homerooms_at(viewer.school_id, school_year_of(today), today)
    allowed = set(COVER_NAME.filter(viewer, Homeroom.objects.all()).values_list("id", flat=True))
    rows = COVER_NAME.filter(
        viewer, Cover.objects.filter(date__gt=today - LOOK_BACK, date__lte=today)
    )
    covers = list(rows.select_related("staff_member", "homeroom").order_by("-date", "id"))
    current = [cover for cover in covers if cover.date == today]
    posts = list(
        Appointment.objects.filter(on_day(today), school_id=viewer.school_id)
        .select_related("staff_member")
        .order_by("-is_main", "staff_member__kana_key", "id")
    )
    offers = _Offers(posts, covers, busy={cover.staff_member_id for cover in current})
    return [
        CoverLine(
            card=card,
            covers=tuple(cover for cover in current if cover.homeroom_id == card.id),
            offered=offers.of(card.id),
        )
        for card in cards
        if card.id in allowed
    ]


class _Offers:
    """Who could stand in, from the posts held today and the covers of the last weeks."""

    def __init__(
        self, posts: list[Appointment], covers: list[Cover], *, busy: Iterable[UUID]
    ) -> None:
        self.here = {post.staff_member_id: post.staff_member for post in posts}
        taken = {p.staff_member_id for p in posts if p.post == Post.HOMEROOM_TEACHER} | set(busy)
        self.taken = taken
        self.first: dict[UUID | None, list[UUID]] = defaultdict(list)
        for post in posts:
            if post.post == Post.ASSISTANT_HOMEROOM_TEACHER and post.homeroom_id:
                self.first[post.homeroom_id].append(post.staff_member_id)
        for cover in covers:
            self.first[cover.homeroom_id].append(cover.staff_member_id)
        self.spare = [p.staff_member_id for kind in SPARE for p in posts if p.post == kind]

    def of(self, homeroom_id: UUID) -> tuple[StaffMember, ...]:
        """Return the first who are at the school today and free."""
        ordered = dict.fromkeys([*self.first[homeroom_id], *self.spare])
        free = [i for i in ordered if i in self.here and i not in self.taken]
        return tuple(self.here[i] for i in free[:OFFERED])
