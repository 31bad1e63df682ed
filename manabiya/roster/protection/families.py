"""Who belongs together: the children of one family, and the guardians who can be excluded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.kernel.identity.models import Hat, Membership
from manabiya.kernel.tenancy import scope
from manabiya.roster.models import Enrollment, Guardian, GuardianRight, Student
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected


def sharing_a_guardian(student_ids: Collection[UUID], today: date) -> Any:
    """Return the ids of children who share a guardian with some today, themselves among them.

    The children of a home (施設長) are no siblings. One step: cousins are not drawn in.
    """
    today_rights = GuardianRight.objects.filter(on_day(today)).exclude(
        guardian__kind=Guardian.Kind.FACILITY_HEAD
    )
    guardians = today_rights.filter(student_id__in=student_ids).values("guardian_id")
    return today_rights.filter(guardian_id__in=guardians).values_list("student_id", flat=True)


def siblings_of(student_ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Return the children and those who share a guardian with them today, in the whole city."""
    return frozenset(sharing_a_guardian(student_ids, today)) | frozenset(student_ids)


@dataclass(frozen=True, slots=True)
class FamilyChild:
    """A child of the family with today's place."""

    student_id: UUID
    name: str
    place: str
    is_protected: bool


@dataclass(frozen=True, slots=True)
class FamilyGuardian:
    """Somebody who has or had a right for a child of the family."""

    guardian_id: UUID
    name: str
    relationship: str
    has_right: bool


@dataclass(frozen=True, slots=True)
class Family:
    """The children who are protected together, oldest first, and who can be excluded."""

    children: tuple[FamilyChild, ...]
    guardians: tuple[FamilyGuardian, ...]


def family_of(student_id: UUID, today: date) -> Family:
    """Return the family of a child (five queries); authorise the child first."""
    children = (
        Student.objects.filter(pk__in=siblings_of([student_id], today))
        .annotate(is_protected=protected(student="id"))
        .order_by("birth_date", "id")
    )
    places = places_of([child.id for child in children], today)
    return Family(
        tuple(
            FamilyChild(c.id, c.display_name, places.get(c.id, ""), c.is_protected)
            for c in children
        ),
        guardians_ever([child.id for child in children], today),
    )


def places_of(student_ids: Collection[UUID], today: date) -> dict[UUID, str]:
    """Return today's school and class of children, in words (one query)."""
    rows = Enrollment.objects.filter(on_day(today), student_id__in=student_ids)
    found = rows.values_list("student_id", "school__name", "homeroom__name")
    return {student_id: f"{school} {homeroom}" for student_id, school, homeroom in found}


def guardians_ever(student_ids: Collection[UUID], today: date) -> tuple[FamilyGuardian, ...]:
    """Return everybody who has or had a right for one of the children (one query).

    Also those whose right has ended: an exclusion keeps a file from giving it back.
    """
    found: dict[UUID, FamilyGuardian] = {}
    rows = GuardianRight.objects.filter(student_id__in=student_ids).select_related("guardian")
    for right in rows.order_by("call_order", "-starts_on", "id"):
        known = found.get(right.guardian_id)
        found[right.guardian_id] = FamilyGuardian(
            right.guardian_id,
            right.guardian.name,
            known.relationship if known else right.relationship,
            right.holds_on(today) or bool(known and known.has_right),
        )
    return tuple(found.values())


def who_work_here(guardian_ids: Iterable[UUID | None]) -> frozenset[UUID]:
    """Return the guardians whose login also opens schools or the board (one query)."""
    here = Membership.objects.filter(municipality_id=scope.current(), revoked_at=None)
    staff = here.filter(hat__in=(Hat.STAFF, Hat.BOARD)).values("account_id")
    found = here.filter(
        hat=Hat.GUARDIAN, person_id__in=[i for i in guardian_ids if i], account_id__in=staff
    )
    return frozenset(found.values_list("person_id", flat=True))
