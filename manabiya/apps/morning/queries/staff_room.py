"""The staff room's page: first the classes nobody confirmed, then the children who are 未着."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from manabiya.apps.attendance import queries as attendance
from manabiya.apps.attendance.queries.arrivals import Said, kept_away, said_about
from manabiya.apps.morning.policies import CASE_HANDLE
from manabiya.apps.morning.queries.cases import Cases, cases_of_today
from manabiya.apps.morning.queries.seats import ChildSeat, child_seats
from manabiya.apps.morning.times import Morning, morning_of
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Appointment, Cover, Homeroom, Post
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import COVER_NAME
from manabiya.roster.queries import school_days

ABOUT_ARRIVAL = ("absent", "late")
"""Kinds of reports that say why a child is not here in the morning; 早退 says nothing of it."""


@dataclass(frozen=True, slots=True)
class UnconfirmedClass:
    """A class nobody confirmed: who can, who is reported, and about whom nobody has written.

    ``quiet``: children without a report or a period that keeps them away. They are not 未着: nobody
    has looked yet. ``kept_away``: children of such a period without a report. ``confirm_by``: the
    time set of this class, moved where it starts later.
    """

    line: attendance.HomeroomLine
    teachers: tuple[str, ...]
    assistants: tuple[str, ...]
    covers: tuple[str, ...]
    quiet: tuple[ChildSeat, ...]
    reported: int
    kept_away: int
    shows_children: bool
    confirm_by: time
    is_due: bool


@dataclass(frozen=True, slots=True)
class StaffRoom:
    """The staff room at a moment of a school day."""

    morning: Morning
    is_due: bool
    is_school_day: bool
    classes: int
    confirmed: int
    unconfirmed: tuple[UnconfirmedClass, ...]
    cases: Cases
    may_name_cover: bool = False

    @property
    def escalated(self) -> int:
        """Return how many 未着 are a matter of the managers now."""
        return sum(line.is_escalated for line in self.cases.open)


def staff_room(viewer: Actor, *, now: datetime) -> StaffRoom:
    """Return the staff room at ``now`` (a fixed number of queries)."""
    morning = morning_of(viewer.at, now.date())
    lines = [
        line for line in attendance.homeroom_lines(viewer, day=morning.day) if line.is_school_day
    ]
    open_lines = [line for line in lines if not line.is_confirmed]
    unconfirmed = _unconfirmed(viewer, open_lines, morning, now)
    return StaffRoom(
        morning=morning,
        is_due=any(class_.is_due for class_ in unconfirmed),
        is_school_day=bool(lines),
        classes=len(lines),
        confirmed=len(lines) - len(open_lines),
        unconfirmed=unconfirmed,
        cases=cases_of_today(viewer, morning=morning, now=now),
        may_name_cover=COVER_NAME.may(viewer),
    )


def _unconfirmed(
    viewer: Actor, lines: list[attendance.HomeroomLine], morning: Morning, now: datetime
) -> tuple[UnconfirmedClass, ...]:
    day = morning.day
    ids = [line.card.id for line in lines]
    reached = set(
        CASE_HANDLE.filter(viewer, Homeroom.objects.filter(pk__in=ids)).values_list("id", flat=True)
    )
    calendar = school_days(viewer.at, day, day)
    seats = [
        seat
        for seat in child_seats(day, homerooms=reached)
        if calendar.has_lessons(day, seat.grade_level, seat.homeroom_id)
    ]
    said = {
        student_id: word
        for student_id, word in said_about([seat.student_id for seat in seats], day=day).items()
        if word.kind in ABOUT_ARRIVAL
    }
    away = kept_away([seat.student_id for seat in seats], day=day) - said.keys()
    assistants, covers = _others(ids, day)
    due = {line.card.id: morning.confirm_by_after(line.delay) for line in lines}
    return tuple(
        _class(line, seats, said, away, assistants, covers, reached, due[line.card.id], now)
        for line in lines
    )


def _class(
    line: attendance.HomeroomLine,
    seats: list[ChildSeat],
    said: dict[UUID, Said],
    away: Collection[UUID],
    assistants: dict[UUID, list[str]],
    covers: dict[UUID, list[str]],
    reached: Collection[UUID],
    confirm_by: time,
    now: datetime,
) -> UnconfirmedClass:
    mine = [seat for seat in seats if seat.homeroom_id == line.card.id]
    known = {*said, *away}
    quiet = tuple(seat for seat in mine if seat.student_id not in known)
    return UnconfirmedClass(
        line=line,
        teachers=line.card.teacher_names,
        assistants=tuple(assistants.get(line.card.id, ())),
        covers=tuple(covers.get(line.card.id, ())),
        quiet=quiet,
        reported=sum(seat.student_id in said for seat in mine),
        kept_away=sum(seat.student_id in away for seat in mine),
        shows_children=line.card.id in reached,
        confirm_by=confirm_by,
        is_due=now.time() >= confirm_by,
    )


def _others(
    homeroom_ids: list[UUID], day: date
) -> tuple[dict[UUID, list[str]], dict[UUID, list[str]]]:
    """Return the names of 副担任 and of today's cover of each class (two queries)."""
    assistants: dict[UUID, list[str]] = defaultdict(list)
    posts = Appointment.objects.filter(
        on_day(day), post=Post.ASSISTANT_HOMEROOM_TEACHER, homeroom_id__in=homeroom_ids
    ).select_related("staff_member")
    for post in posts.order_by("starts_on", "id"):
        if post.homeroom_id is not None:
            assistants[post.homeroom_id].append(post.staff_member.name)
    covers: dict[UUID, list[str]] = defaultdict(list)
    for cover in (
        Cover.objects.filter(date=day, homeroom_id__in=homeroom_ids)
        .select_related("staff_member")
        .order_by("id")
    ):
        covers[cover.homeroom_id].append(cover.staff_member.name)
    return assistants, covers
