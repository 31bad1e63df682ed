"""Who lets the vice principal decide: what each school wants, and what the board allows."""

from datetime import date
from uuid import UUID

from manabiya.apps.attendance.models import DecisionDelegation, DelegationPermit


def wants_delegated(school_id: UUID, day: date) -> bool:
    """Return whether the school delegates the decision on ``day`` (one query)."""
    rows = DecisionDelegation.objects.filter(school_id=school_id, valid_from__lte=day)
    newest = rows.order_by("-valid_from", "-set_at", "-id").first()
    return newest is not None and newest.is_delegated


def delegation_permit(day: date) -> DelegationPermit:
    """Return what the board allows on ``day`` (one query); where it said nothing, it allows it."""
    rows = DelegationPermit.objects.filter(valid_from__lte=day).order_by("-valid_from")
    return rows.first() or DelegationPermit(valid_from=day)


def may_delegate(day: date) -> bool:
    """Return whether a principal may delegate the decision on ``day`` (one query)."""
    return delegation_permit(day).allows_vice_principal


def delegating_school_count(day: date) -> int:
    """Return how many schools delegate the decision on ``day``, whatever the board allows."""
    rows = DecisionDelegation.objects.filter(valid_from__lte=day)
    newest = rows.order_by("school_id", "-valid_from", "-set_at", "-id").distinct("school_id")
    return sum(row.is_delegated for row in newest)
