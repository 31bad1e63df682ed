"""What 今日 of a school says of the register: closed months that wait for the principal."""

from datetime import datetime
from typing import Any

from manabiya.apps.register import queries
from manabiya.kernel.access.actors import Actor


def waiting_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return how many closed months wait for the actor's confirmation; None when none does."""
    count = queries.waiting_for_confirmation_count(actor, now.date())
    return {"count": count} if count else None
