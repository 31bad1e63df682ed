"""Siblings (きょうだい): children who share a guardian today, as far as staff may know of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Value

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected
from manabiya.roster.policies import STUDENT_FAMILY_VIEW, STUDENT_VIEW
from manabiya.roster.protection.families import sharing_a_guardian


@dataclass(frozen=True, slots=True)
class SiblingLine:
    """A sibling the viewer may see; ``may_open``: also with its family."""

    student_id: UUID
    name: str
    place: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class Siblings:
    """The siblings at school today; ``elsewhere``: how many the viewer may not see."""

    lines: list[SiblingLine]
    elsewhere: int


def siblings_for(viewer: Actor, student_id: UUID) -> Siblings:
    """Return the siblings of a child, oldest first (one query); authorise the child first.

    A protected child has none on any screen, and is none's.
    """
    together = sharing_a_guardian([student_id], viewer.today)
    rows = (
        Enrollment.objects.filter(on_day(viewer.today), student_id__in=together)
        .exclude(student_id=student_id)
        .filter(~protected(), ~protected(student=Value(student_id)))
        .annotate(seen=_allowed(STUDENT_VIEW, viewer), opened=_allowed(STUDENT_FAMILY_VIEW, viewer))
    )
    found = rows.select_related("student", "school", "homeroom")
    seats = list(found.order_by("student__birth_date", "student_id"))
    lines = [_line(seat, seat.opened) for seat in seats if seat.seen]
    return Siblings(lines, len(seats) - len(lines))


def _allowed(policy: Policy, viewer: Actor) -> Exists:
    return Exists(policy.filter(viewer, Enrollment.objects.filter(pk=OuterRef("pk"))))


def _line(seat: Enrollment, may_open: bool) -> SiblingLine:
    place = f"{seat.school.name} {seat.homeroom.name}"
    return SiblingLine(seat.student_id, seat.student.display_name, place, may_open)
