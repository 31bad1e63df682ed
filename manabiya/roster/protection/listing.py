"""Protections in lists: those in force, those ended, who opened an address, what to look at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import AddressOpening, Appointment, Protection, StaffMember
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import standing_rights
from manabiya.roster.protection import rules
from manabiya.roster.protection.families import places_of, who_work_here
from manabiya.roster.protection.policies import PROTECTION_VIEW

LONGEST_LIST = 200
NEWS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ProtectionLine:
    """A protection in a list: the child, from whom it is kept, why, since and until when.

    ``works_here``: an excluded person also logs in as staff of the municipality, which is no
    right of a guardian and does not end. ``has_guardian``: somebody is left to be called.
    """

    id: UUID
    student_id: UUID
    name: str
    place: str
    basis: str
    note: str
    starts_on: date
    review_on: date
    review: rules.Review
    excluded: tuple[str, ...]
    works_here: bool
    has_guardian: bool
    set_by: str
    ended_on: date | None
    ended_by: str
    end_reason: str


def open_protections(viewer: Actor) -> list[ProtectionLine]:
    """Return the protections in force the viewer answers for, next review first."""
    rows = _rows(viewer).filter(ended_on=None)
    return _lines(list(rows.order_by("review_on", "id")), viewer.today)


def ended_protections(viewer: Actor) -> list[ProtectionLine]:
    """Return the protections that were ended, latest first."""
    rows = _rows(viewer).exclude(ended_on=None)
    return _lines(list(rows.order_by("-ended_on", "-id")[:LONGEST_LIST]), viewer.today)


def one_protection(viewer: Actor, protection_id: UUID) -> ProtectionLine:
    """Return one protection in force; another's and an ended one do not exist (404)."""
    rows = _rows(viewer).filter(ended_on=None)
    return _lines([PROTECTION_VIEW.get(viewer, rows, pk=protection_id)], viewer.today)[0]


def _rows(viewer: Actor) -> QuerySet[Protection]:
    rows = Protection.objects.select_related("student").prefetch_related(
        "excluded_people__guardian"
    )
    standing = standing_rights(viewer.today).filter(student_id=OuterRef("student_id"))
    return PROTECTION_VIEW.filter(viewer, rows.annotate(has_guardian=Exists(standing)))


def _lines(rows: list[Protection], today: date) -> list[ProtectionLine]:
    places = places_of([row.student_id for row in rows], today)
    staff = who_work_here([e.guardian_id for row in rows for e in row.excluded_people.all()])
    people = _staff_names([i for row in rows for i in (row.set_by, row.ended_by) if i])
    return [
        ProtectionLine(
            id=row.id,
            student_id=row.student_id,
            name=row.student.display_name,
            place=places.get(row.student_id, ""),
            basis=row.get_basis_display(),
            note=row.note,
            starts_on=row.starts_on,
            review_on=row.review_on,
            review=rules.review_state(row.review_on, today),
            excluded=tuple(_excluded(row)),
            works_here=any(e.guardian_id in staff for e in row.excluded_people.all()),
            has_guardian=row.has_guardian,  # type: ignore[attr-defined]
            set_by=people.get(row.set_by, ""),
            ended_on=row.ended_on,
            ended_by=people.get(row.ended_by, "") if row.ended_by else "",
            end_reason=row.end_reason,
        )
        for row in rows
    ]


def _staff_names(ids: Collection[UUID]) -> dict[UUID, str]:
    return {row.id: row.name for row in StaffMember.objects.filter(pk__in=ids)}


def _excluded(protection: Protection) -> Iterable[str]:
    """Yield name and relationship of the excluded, registered guardians first."""
    rows = protection.excluded_people.all()
    for row in sorted(rows, key=lambda row: (row.guardian is None, row.name, row.id)):
        name = row.guardian.name if row.guardian else row.name
        yield f"{name}({row.relationship})" if row.relationship else name


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """Somebody opened an address: when, who, of whom, why."""

    at: datetime
    who: str
    student: str
    reason: str


def openings(viewer: Actor) -> list[OpeningLine]:
    """Return who of the school opened an address, latest first."""
    rows = list(
        PROTECTION_VIEW.filter(viewer, AddressOpening.objects.select_related("student")).order_by(
            "-opened_at", "-id"
        )[:LONGEST_LIST]
    )
    people = _staff_names([row.opened_by for row in rows])
    return [
        OpeningLine(
            row.opened_at, people.get(row.opened_by, ""), row.student.display_name, row.reason
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many protections want to be looked at, and how many others have set for the school."""

    soon: int
    passed: int
    news: int


def waiting(viewer: Actor, now: datetime) -> Waiting:
    """Return the counts of the viewer's 今日 (one query at the board, two at a school)."""
    rows = PROTECTION_VIEW.filter(viewer, Protection.objects.filter(ended_on=None))
    found = list(rows.values_list("review_on", "set_by", "set_at"))
    states = [rules.review_state(review_on, viewer.today) for review_on, _, _ in found]
    fresh = {set_by for _, set_by, set_at in found if set_at > now - NEWS}
    others = fresh - _colleagues(viewer, fresh) if viewer.school_id and fresh else set()
    return Waiting(
        soon=states.count(rules.Review.SOON),
        passed=states.count(rules.Review.PASSED),
        news=sum(set_by in others and set_at > now - NEWS for _, set_by, set_at in found),
    )


def _colleagues(viewer: Actor, people: Collection[UUID]) -> set[UUID]:
    posts = Appointment.objects.filter(
        on_day(viewer.today), school_id=viewer.school_id, staff_member_id__in=people
    )
    return set(posts.values_list("staff_member_id", flat=True))
