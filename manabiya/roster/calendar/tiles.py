"""What 今日 of a school says of a changed day, with the one tap to change it."""

from datetime import datetime
from typing import Any

from manabiya.kernel.access.actors import Actor
from manabiya.roster.calendar import queries
from manabiya.roster.calendar.policies import DAY_CHANGE_SET


def changes_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return what holds today; None where the day goes as planned."""
    lines = queries.changes_today(actor, today=now.date())
    return {"lines": lines, "may_set": DAY_CHANGE_SET.may(actor)} if lines else None
