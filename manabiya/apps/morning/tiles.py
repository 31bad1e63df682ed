"""Block on the page 今日: the school's day."""

from datetime import datetime
from typing import Any

from manabiya.apps.morning import queries
from manabiya.apps.morning.policies import CASE_HANDLE, PHONE_OPEN
from manabiya.kernel.access.actors import Actor


def school_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return the board of the viewer's school, None on a day without school."""
    board = queries.board_of_today(actor, now=now)
    if board is None:
        return None
    return {
        "board": board,
        "date": now.date(),
        "may_handle": CASE_HANDLE.may(actor),
        "may_take_calls": PHONE_OPEN.may(actor),
    }
