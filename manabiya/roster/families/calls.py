"""Whom to call about many children at once: now, later, never."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from manabiya.roster.families import rules
from manabiya.roster.models import ExcludedPerson
from manabiya.roster.models.protection import standing_rights
from manabiya.roster.protection.masks import is_masked


@dataclass(frozen=True, slots=True)
class Callee:
    """A guardian as somebody at the phone needs it; ``numbers`` in the order in which to try them.

    ``is_masked``: the numbers are kept back (支援措置); ask a manager first. ``never_at_work``: no
    number of the workplace is among them. ``call_from`` and ``call_until``: hours asked for.
    """

    guardian_id: UUID
    name: str
    relationship: str
    numbers: tuple[tuple[str, str], ...]
    is_masked: bool
    never_at_work: bool
    call_from: time | None
    call_until: time | None


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Whom to call about a child: in order, those of other hours, and those never called."""

    now: tuple[Callee, ...] = ()
    later: tuple[Callee, ...] = ()
    never: tuple[Callee, ...] = ()

    @property
    def may_be_called(self) -> tuple[Callee, ...]:
        """Return everybody who may be called at some hour."""
        return self.now + self.later


def call_sheets(student_ids: Collection[UUID], now: datetime) -> dict[UUID, CallSheet]:
    """Return the call sheet of each child at ``now`` (school's time; one query).

    Whoever is excluded from a child is on none of its lists, not even among the never called.
    Authorise the children first.
    """
    rows = (
        standing_rights(now.date())
        .filter(student_id__in=student_ids)
        .annotate(masked=is_masked(now.date()))
        .select_related("guardian")
        .order_by("call_order", "id")
    )
    rights: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        rights[row.student_id].append(row)
    moment = now.time().replace(second=0, microsecond=0)
    return {student_id: _sheet(rights[student_id], moment) for student_id in student_ids}


def _sheet(rights: list[Any], moment: time) -> CallSheet:
    found: dict[str, list[Callee]] = {"now": [], "later": [], "never": []}
    for right in rights:
        if not right.may_be_called:
            found["never"].append(_callee(right, has_numbers=False))
            continue
        is_time = rules.may_call_at(moment, right.call_from, right.call_until)
        found["now" if is_time else "later"].append(_callee(right, has_numbers=is_time))
    return CallSheet(*(tuple(found[name]) for name in ("now", "later", "never")))


def _callee(right: Any, *, has_numbers: bool) -> Callee:
    person = right.guardian
    numbers: tuple[tuple[str, str], ...] = ()
    if has_numbers and not right.masked:
        numbers = rules.numbers_to_call(
            person.phone, person.phone_home, person.phone_work, never_at_work=right.never_at_work
        )
    return Callee(
        guardian_id=right.guardian_id,
        name=person.name,
        relationship=right.relationship,
        numbers=numbers,
        is_masked=right.masked,
        never_at_work=right.never_at_work,
        call_from=right.call_from,
        call_until=right.call_until,
    )


def excluded_names(student_id: UUID) -> frozenset[str]:
    """Return the names of the people kept away from a child, to refuse them, never to show them."""
    rows = ExcludedPerson.objects.filter(
        protection__ended_on=None, protection__student_id=student_id
    ).select_related("guardian")
    return frozenset(row.guardian.name if row.guardian else row.name for row in rows)
