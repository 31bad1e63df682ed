"""What the roster itself shows below a student's guardians: names, addresses, siblings, places."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from manabiya.kernel.access.actors import Actor
from manabiya.roster.families import queries
from manabiya.roster.families.policies import FAMILY_CHANGE
from manabiya.roster.families.siblings import siblings_for
from manabiya.roster.models import Arrival, Enrollment, ExchangePlacement, FormerName, Student
from manabiya.roster.models.dated import on_day
from manabiya.roster.models.protection import protected, standing_rights
from manabiya.roster.protection.masks import addresses_of, protected_among


def names(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return 通称 with where it is used, and the names of before; None when there is neither.

    Those of the guardians of today too, for whoever changes families.
    """
    former_names = FormerName.objects.filter(_whose(actor, student_id)).select_related("guardian")
    student = Student.objects.annotate(has_former=Exists(former_names)).get(pk=student_id)
    former = list(former_names.order_by("-ends_on", "id")) if student.has_former else []
    preferred = f"{student.preferred_family_name} {student.preferred_given_name}".strip()
    if not preferred and not former:
        return None
    kana = f"{student.preferred_family_kana} {student.preferred_given_kana}".strip()
    uses = [str(Student.NameUse(use).label) for use in student.preferred_used_in]
    return {"preferred": preferred, "kana": kana, "uses": uses, "former": former}


def _whose(actor: Actor, student_id: UUID) -> Q:
    mine = Q(student_id=student_id)
    if not FAMILY_CHANGE.may(actor):
        return mine
    rights = standing_rights(actor.today).filter(student_id=student_id)
    return mine | Q(guardian_id__in=rights.values("guardian_id"))


def addresses(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the addresses of today of the child and of its guardians, or that they are kept."""
    lines = addresses_of([student_id], actor.today)
    has_own = any(not line.whose for line in lines)
    is_masked = not has_own and student_id in protected_among([student_id])
    return {"lines": lines, "is_masked": is_masked} if lines or is_masked else None


def siblings(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the siblings at school today; None without any."""
    found = siblings_for(actor, student_id)
    return {"siblings": found} if found.lines or found.elsewhere else None


def history(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return every enrollment, newest first, and today's exchange class (one query)."""
    rows = Enrollment.objects.filter(student_id=student_id).select_related("school", "homeroom")
    placed = ExchangePlacement.objects.filter(on_day(actor.today), student_id=student_id)
    came = Arrival.objects.filter(
        ~protected(student="enrollment__student_id"), enrollment=OuterRef("pk")
    )
    rows = rows.annotate(
        exchange=Subquery(placed.values("homeroom__name")[:1]),
        origin=Subquery(came.values("origin")[:1]),
    )
    found = list(rows.order_by("-starts_on", "id"))
    return {"enrollments": found, "exchange": found[0].exchange if found else ""}


def authority(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the sets of 親権."""
    return {"sets": queries.authority_sets(student_id), "student_id": student_id}
