"""Reads of class papers: whom a list holds, whose photo is there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.class_papers.models import StudentPhoto
from manabiya.apps.class_papers.policies import LIST_PRINT, PHOTO_VIEW
from manabiya.kernel import files
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import (
    HomeroomCard,
    SchoolHead,
    Seat,
    homeroom_card,
    homeroom_ids_for,
    homerooms_at,
    may_reach_student,
    school_of,
    seats_on,
)


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class on a day: its school, itself, its children by 出席番号."""

    school: SchoolHead
    homeroom: HomeroomCard
    day: date
    seats: tuple[Seat, ...]

    @property
    def teachers(self) -> str:
        """Return the names of the 学級担任."""
        return "・".join(self.homeroom.teacher_names)


def classes_for(viewer: Actor, policy: Policy, today: date) -> list[HomeroomCard]:
    """Return the classes of this school year ``policy`` opens to ``viewer`` (three queries)."""
    year = school_year_of(today)
    allowed = set(homeroom_ids_for(viewer, policy, year))
    return [card for card in homerooms_at(viewer.at, year, today) if card.id in allowed]


def class_list(
    viewer: Actor, homeroom_id: UUID, today: date, policy: Policy = LIST_PRINT
) -> ClassList:
    """Return a class list; 404 for a class that ``policy`` does not open to ``viewer``."""
    if homeroom_id not in homeroom_ids_for(viewer, policy, school_year_of(today)):
        raise Http404
    card = homeroom_card(homeroom_id, today)
    return ClassList(school_of(viewer.at, today), card, today, tuple(seats_on(homeroom_id, today)))


@dataclass(frozen=True, slots=True)
class PhotoSeat:
    """A child of the photo roster, with whether there is a photo."""

    seat: Seat
    has_photo: bool


def photo_seats(seats: tuple[Seat, ...]) -> list[PhotoSeat]:
    """Return which children have a photo (one query); authorise the class first."""
    ids = [seat.student_id for seat in seats]
    known = set(
        StudentPhoto.objects.filter(student_id__in=ids).values_list("student_id", flat=True)
    )
    return [PhotoSeat(seat, seat.student_id in known) for seat in seats]


def photo_of(viewer: Actor, student_id: UUID) -> bytes:
    """Return the newest photo of a child as JPEG; 404 without one or without the right."""
    if not may_reach_student(viewer, PHOTO_VIEW, student_id):
        raise Http404
    row = StudentPhoto.objects.filter(student_id=student_id).order_by("-kept_at", "-id").first()
    if row is None:
        raise Http404
    return files.read(row.digest)


def newest_photos(student_ids: list[UUID]) -> dict[UUID, bytes]:
    """Return the newest photo of each of the children who have one; authorise first."""
    rows = StudentPhoto.objects.filter(student_id__in=student_ids).order_by("kept_at", "id")
    latest = {row.student_id: row.digest for row in rows}
    return {student_id: files.read(digest) for student_id, digest in latest.items()}
