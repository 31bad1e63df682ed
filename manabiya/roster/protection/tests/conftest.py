"""A family of the demo with two guardians and children at both schools, and a deed about it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from manabiya.roster.models import Enrollment, GuardianRight
from manabiya.roster.protection import services

SCHOOL = "midorigaoka"
OTHER_SCHOOL = "higashikawabata"


@dataclass(frozen=True)
class Family:
    """``child`` goes to 緑が丘小学校, ``sibling`` to 東川端中学校; ``kept_out`` is the father."""

    child: UUID
    sibling: UUID
    mother: UUID
    kept_out: UUID
    homeroom: UUID


@pytest.fixture
def scope(city):
    with city.tenant():
        yield city


@pytest.fixture
def family(scope):
    by_guardian: dict[UUID, list[Any]] = {}
    rights = GuardianRight.objects.filter(relationship="父").order_by("id")
    for right in rights:
        by_guardian.setdefault(right.guardian_id, []).append(right.student_id)
    for father, children in by_guardian.items():
        seats = {
            seat.school.slug: seat
            for seat in Enrollment.objects.filter(student_id__in=children).select_related("school")
        }
        if len(children) == 2 and set(seats) == {SCHOOL, OTHER_SCHOOL}:
            child, sibling = seats[SCHOOL], seats[OTHER_SCHOOL]
            mother = GuardianRight.objects.get(student_id=child.student_id, relationship="母")
            return Family(
                child.student_id,
                sibling.student_id,
                mother.guardian_id,
                father,
                child.homeroom_id,
            )
    raise LookupError("no family with children at both schools")


@pytest.fixture
def word(scope):
    """Return what is said about a protection, changed by keywords."""

    def say(**changed):
        said = {
            "basis": "support_measure",
            "starts_on": scope.today,
            "review_on": scope.today + timedelta(days=180),
        }
        return services.ProtectionWord(**{**said, **changed})

    return say


@pytest.fixture
def principal(scope):
    return scope.actor("principal", SCHOOL)


@pytest.fixture
def protect(scope, family, word, principal):
    """Return a function that protects the family from the father, changed by keywords."""

    def deed(**changed):
        said = {
            "actor": principal,
            "student_ids": [family.child, family.sibling],
            "guardian_ids": [family.kept_out],
            "word": word(),
            "now": scope.now(),
        }
        return services.set_protection(**{**said, **changed})

    return deed
