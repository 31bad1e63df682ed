"""What a student's page shows of attendance: the exceptions of the year, of every school."""

from datetime import datetime
from typing import Any
from uuid import UUID

from manabiya.apps.attendance import queries
from manabiya.kernel.access.actors import Actor


def history_panel(*, actor: Actor, student_id: UUID, now: datetime) -> dict[str, Any] | None:
    """Return the exceptions of a child; None for a child of another class or school."""
    found = queries.child_history(actor, student_id, now.date())
    return None if found is None else {"history": found}
