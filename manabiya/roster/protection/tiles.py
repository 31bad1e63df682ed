"""What 今日 and a student's page say about protection: counts, and whom to ask. No names."""

from datetime import datetime
from typing import Any
from uuid import UUID

from manabiya.kernel.access.actors import Actor
from manabiya.roster.protection.listing import waiting
from manabiya.roster.protection.masks import protected_among
from manabiya.roster.protection.policies import ADDRESS_OPEN


def review_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return how many protections want to be looked at, None when nothing is due or new."""
    found = waiting(actor, now)
    if not (found.soon or found.passed or found.news):
        return None
    address = "protection" if actor.school_id is not None else "board-protection"
    return {"waiting": found, "address": address}


def student_panel(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the panel of a protected child: ask a manager first; open it if one may."""
    if student_id not in protected_among([student_id]):
        return None
    return {"student_id": student_id, "may_open": ADDRESS_OPEN.may(actor)}
