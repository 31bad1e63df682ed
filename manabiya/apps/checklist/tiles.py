"""Block on a school's 今日: the checklist that waits for an answer."""

from datetime import datetime
from typing import Any

from manabiya.apps.checklist.queries import waiting_of
from manabiya.kernel.access.actors import Actor


def school_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return the open round the viewer's school has not confirmed; None when nothing waits."""
    waiting = waiting_of(actor, today=now.date())
    return {"waiting": waiting} if waiting else None
