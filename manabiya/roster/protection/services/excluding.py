"""Exclude persons from a child and end the rights they have."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from manabiya.roster.models import ExcludedPerson, GuardianRight, Protection
from manabiya.roster.protection import rules


@dataclass(frozen=True, slots=True)
class Outsider:
    """An excluded person who is not registered as a guardian: a name and who it is."""

    name: str
    relationship: str = ""


def exclude(protection: Protection, guardians: list[UUID], outsiders: Collection[Outsider]) -> None:
    """Name the excluded persons of a protection; who is named already stays once."""
    relationships = dict(
        GuardianRight.objects.filter(student_id=protection.student_id, guardian_id__in=guardians)
        .order_by("starts_on")
        .values_list("guardian_id", "relationship")
    )
    known: set[tuple[UUID | None, str]] = set(
        protection.excluded_people.values_list("guardian_id", "name")
    )
    rows = [
        ExcludedPerson(
            protection=protection, guardian_id=guardian_id,
            relationship=relationships.get(guardian_id, ""),
        )
        for guardian_id in guardians
        if (guardian_id, "") not in known
    ]  # fmt: skip
    rows += [
        ExcludedPerson(protection=protection, name=who.name, relationship=who.relationship)
        for who in outsiders
        if (None, who.name) not in known
    ]
    ExcludedPerson.objects.bulk_create(rows)


def end_rights(
    students: list[UUID], guardians: list[UUID], starts_on: date
) -> list[dict[str, Any]]:
    """End the rights of the pairs; return what each was, ids and dates only."""
    ended = []
    rights = GuardianRight.objects.filter(student_id__in=students, guardian_id__in=guardians)
    for right in rights.order_by("id"):
        last = rules.last_day_of_right(right.starts_on, right.ends_on, starts_on)
        if last is not None and last == right.ends_on:
            continue
        ended.append(_trace(right, is_removed=last is None))
        if last is None:
            right.delete()
        else:
            right.ends_on = last
            right.save(update_fields=["ends_on"])
    return ended


def _trace(right: GuardianRight, *, is_removed: bool) -> dict[str, Any]:
    return {
        "right": str(right.id),
        "student": str(right.student_id),
        "guardian": str(right.guardian_id),
        "starts_on": right.starts_on.isoformat(),
        "ends_on": right.ends_on.isoformat() if right.ends_on else None,
        "removed": is_removed,
    }
