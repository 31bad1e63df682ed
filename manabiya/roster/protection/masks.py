"""Masks: what queries leave out about protected children, whoever asks.

Later apps ask here before they print, send or list anything about a family: ``audience_of`` for
whom a message about a child may reach, ``protected_among`` for which lines say
「連絡前に管理職へ」, ``addresses_of`` for addresses.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from manabiya.roster.models import Address, ExcludedPerson, Guardian, GuardianRight, Protection
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected, standing_rights


def is_masked(today: date) -> Q:
    """Return the condition that phone and address behind a right are kept back.

    The child is protected, or the guardian has a right for a child that is: the phone in the
    sibling's list is the same phone. The head of a home is no secret for its other children.
    """
    others = GuardianRight.objects.filter(
        on_day(today), protected(), guardian_id=OuterRef("guardian_id")
    ).exclude(guardian__kind=Guardian.Kind.FACILITY_HEAD)
    return protected() | Exists(others)


def protected_among(student_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of ``student_ids`` who are under protection (one query)."""
    rows = Protection.objects.filter(ended_on=None, student_id__in=student_ids)
    return frozenset(rows.values_list("student_id", flat=True))


def excluded_guardian_ids(student_id: UUID) -> frozenset[UUID]:
    """Return the registered guardians from whom a child is kept today (one query)."""
    return excluded_pairs([student_id])[student_id]


def excluded_pairs(student_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return child → the guardians it is kept from, for all of ``student_ids`` (one query)."""
    rows = ExcludedPerson.objects.filter(
        protection__ended_on=None, protection__student_id__in=student_ids, guardian__isnull=False
    ).values_list("protection__student_id", "guardian_id")
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for student_id, guardian_id in rows:
        found[student_id].add(guardian_id)
    return {student_id: frozenset(found[student_id]) for student_id in student_ids}


@dataclass(frozen=True, slots=True)
class Recipient:
    """A guardian whom a word about the child may reach today, and what kind of word."""

    guardian_id: UUID
    name: str
    relationship: str
    can_view: bool
    gets_notices: bool
    can_pick_up: bool
    may_be_called: bool


def audience_of(student_id: UUID, today: date) -> list[Recipient]:
    """Return the guardians whom a word about the child may reach, in calling order (one query).

    Nobody else is ever addressed, named or counted in a message, notice or paper about a child.
    """
    return audiences_of([student_id], today)[student_id]


def audiences_of(student_ids: Collection[UUID], today: date) -> dict[UUID, list[Recipient]]:
    """Return :func:`audience_of` for many children (one query)."""
    rights = standing_rights(today).filter(student_id__in=student_ids)
    found: dict[UUID, list[Recipient]] = {student_id: [] for student_id in student_ids}
    for right in rights.select_related("guardian").order_by("call_order", "id"):
        found[right.student_id].append(_recipient(right))
    return found


def _recipient(right: GuardianRight) -> Recipient:
    return Recipient(
        guardian_id=right.guardian_id,
        name=right.guardian.name,
        relationship=right.relationship,
        can_view=right.can_view,
        gets_notices=right.gets_notices,
        can_pick_up=right.can_pick_up,
        may_be_called=right.may_be_called,
    )


@dataclass(frozen=True, slots=True)
class AddressLine:
    """An address of a child (``whose`` is empty) or of one of its guardians."""

    student_id: UUID
    whose: str
    kind: str
    postal_code: str
    text: str


def addresses_of(student_ids: Collection[UUID], today: date) -> list[AddressLine]:
    """Return the addresses of today of children and their guardians, by child (two queries).

    What is masked is not there; ask :func:`protected_among` for what to say in its place.
    """
    rights = standing_rights(today).filter(student_id__in=student_ids)
    behind = rights.annotate(masked=is_masked(today)).filter(masked=False)
    own = Address.objects.filter(on_day(today), ~protected(), student_id__in=student_ids)
    return read_addresses(own, behind, today)


def read_addresses(own: Any, rights: Any, today: date) -> list[AddressLine]:
    """Return the lines of the children's ``own`` addresses and those behind ``rights``."""
    theirs = Address.objects.filter(
        on_day(today), guardian__rights__in=rights.values("id")
    ).annotate(child=F("guardian__rights__student_id"))
    found = [_line(row, row.student_id, "") for row in own.order_by("kind", "id")]
    rows = theirs.select_related("guardian").order_by("guardian__rights__call_order", "kind", "id")
    return found + [_line(row, row.child, row.guardian.name) for row in rows]


def _line(row: Address, student_id: UUID, whose: str) -> AddressLine:
    return AddressLine(student_id, whose, row.get_kind_display(), row.postal_code, row.text)
