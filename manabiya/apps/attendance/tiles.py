"""Block on the page 今日 of the board: how far the city is."""

from datetime import datetime
from typing import Any

from manabiya.apps.attendance import queries
from manabiya.kernel.access.actors import Actor


def board_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return the counts of the city's day, None when no school is open or was closed."""
    page = queries.city_day(actor, day=now.date())
    missing = [line for line in page.open_lines if line.counts.not_arrived]
    return {"page": page, "missing": missing} if page.open_lines or page.closed_schools else None
