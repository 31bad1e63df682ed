"""Block on the page 今日 of the board: how far the city is."""

from datetime import datetime
from typing import Any

from manabiya.apps.city import queries
from manabiya.kernel.access.actors import Actor


def board_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return the counts of the city's day, None when no school is open or was closed."""
    page = queries.board_day(actor, day=now.date())
    return {"page": page} if page.rows or page.day.closed_schools else None
