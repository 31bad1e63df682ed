"""Reads of families: the guardians of a child in full, who can be added, whom to call now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, Value

from manabiya.kernel.access.actors import Actor
from manabiya.roster.families import rules
from manabiya.roster.families.policies import FAMILY_CHANGE
from manabiya.roster.models import Guardian, GuardianRight, ParentalAuthority
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import excluded_pair, protected, standing_rights
from manabiya.roster.protection.families import siblings_of
from manabiya.roster.protection.masks import is_masked


@dataclass(frozen=True, slots=True)
class RightLine:
    """A guardian of a child with everything the right says, in the order in which to call.

    ``is_masked``: the numbers are kept back (支援措置). ``next_change``: the day from which
    another row holds, ``last_day``: the day on which the right ends.
    """

    right: GuardianRight
    guardian: Guardian
    numbers: tuple[tuple[str, str], ...]
    is_masked: bool
    next_change: date | None = None

    @property
    def last_day(self) -> date | None:
        """Return the last day, None when the right goes on."""
        return None if self.next_change else self.right.ends_on


def right_lines(student_id: UUID, today: date) -> list[RightLine]:
    """Return the guardians who have a right today (one query); authorise the child first."""
    later = GuardianRight.objects.filter(
        student_id=student_id, guardian_id=OuterRef("guardian_id"), starts_on__gt=today
    ).order_by("starts_on")
    rows = (
        standing_rights(today)
        .filter(student_id=student_id)
        .annotate(masked=is_masked(today), next=Subquery(later.values("starts_on")[:1]))
        .select_related("guardian")
        .order_by("call_order", "id")
    )
    return [_line(row, row.next) for row in rows]


def _line(row: GuardianRight, next_change: date | None) -> RightLine:
    person, masked = row.guardian, bool(row.masked)  # type: ignore[attr-defined]
    numbers = rules.numbers_to_call(
        person.phone, person.phone_home, person.phone_work, never_at_work=row.never_at_work
    )
    return RightLine(row, person, () if masked else numbers, masked, next_change)


@dataclass(frozen=True, slots=True)
class CallLine:
    """Somebody to call now; ``numbers`` in the order in which to try them.

    ``is_masked``: no number here; ask principal, vice principal or office first.
    """

    guardian_id: UUID
    name: str
    relationship: str
    numbers: tuple[tuple[str, str], ...]
    is_masked: bool


def call_list(student_id: UUID, now: datetime) -> list[CallLine]:
    """Return whom to call about a child at ``now`` (school's time), in order (one query).

    Left out: who may not be called, who not at this hour, numbers at work where that is asked
    for, and everybody who is excluded from the child.
    """
    rows = (
        standing_rights(now.date())
        .filter(student_id=student_id, may_be_called=True)
        .annotate(masked=is_masked(now.date()))
        .select_related("guardian")
        .order_by("call_order", "id")
    )
    moment = now.time().replace(second=0, microsecond=0)
    lines = [
        _line(row, None) for row in rows if rules.may_call_at(moment, row.call_from, row.call_until)
    ]
    return [
        CallLine(
            line.guardian.id,
            line.guardian.name,
            line.right.relationship,
            line.numbers,
            line.is_masked,
        )
        for line in lines
        if line.numbers or line.is_masked
    ]


@dataclass(frozen=True, slots=True)
class KnownGuardian:
    """Somebody who can be given a right without being entered anew."""

    guardian_id: UUID
    name: str
    why: str


def known_guardians(actor: Actor, student_id: UUID) -> list[KnownGuardian]:
    """Return the guardians of siblings, and the heads of homes with children at this school.

    Not those who have a right already, nor who is known through a protected sibling only, nor
    the excluded (three queries).
    """
    today = actor.today
    siblings = siblings_of([student_id], today) - {student_id}
    mine = GuardianRight.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        student_id=student_id,
        guardian_id=OuterRef("guardian_id"),
    )
    rights = standing_rights(today).filter(~Exists(mine), ~protected(), ~_kept_from(student_id))
    of_siblings = rights.filter(student_id__in=siblings).exclude(relationship=rules.SELF)
    heads = FAMILY_CHANGE.filter(actor, rights.filter(guardian__kind=Guardian.Kind.FACILITY_HEAD))
    found: dict[UUID, KnownGuardian] = {}
    for why, rows in (("きょうだいの保護者", of_siblings), ("施設長", heads)):
        for right in rows.select_related("guardian").order_by("guardian__kana_key", "id"):
            found.setdefault(
                right.guardian_id, KnownGuardian(right.guardian_id, right.guardian.name, why)
            )
    return list(found.values())


def _kept_from(student_id: UUID) -> Exists:
    """Return the condition that the guardian of a row is excluded from ``student_id``."""
    return excluded_pair(student=Value(student_id))


def is_guardian_masked(guardian_id: UUID, today: date) -> bool:
    """Return whether phone and address of a guardian are kept back (one query)."""
    rights = GuardianRight.objects.filter(on_day(today), is_masked(today), guardian_id=guardian_id)
    return rights.exists()


@dataclass(frozen=True, slots=True)
class AuthoritySet:
    """Who held 親権 from a day to a day, newest first; ``rows`` of one day belong together."""

    starts_on: date
    ends_on: date | None
    rows: list[ParentalAuthority] = field(default_factory=list)


def authority_sets(student_id: UUID) -> list[AuthoritySet]:
    """Return the sets of 親権 of a child, newest first (one query); authorise it first."""
    found: dict[tuple[date, date | None], AuthoritySet] = {}
    rows = ParentalAuthority.objects.filter(student_id=student_id).select_related(
        "guardian", "seen_by"
    )
    for row in rows.order_by("-starts_on", "holder"):
        key = (row.starts_on, row.ends_on)
        found.setdefault(key, AuthoritySet(*key)).rows.append(row)
    return list(found.values())
