"""Names of people by id, for pages that hold ids only (audit)."""

from collections.abc import Collection
from uuid import UUID

from manabiya.roster.models import Guardian, School, StaffMember, Student


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of staff, guardians, students and schools among ``ids`` (four queries)."""
    found: dict[UUID, str] = {}
    for model in (StaffMember, Guardian, Student, School):
        found |= {row.id: row.name for row in model.objects.filter(pk__in=ids)}
    return found
