"""How far a subscriber is behind: events told and not yet dealt with (a worker that stands still)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

GRACE_SECONDS = 30
"""A worker that runs takes an event within a second or two; nothing is said before this."""
WAITING = """
SELECT count(DISTINCT j.id), min(e.at), extract(epoch FROM now() - min(e.at))
FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
WHERE j.status IN ('todo', 'doing') AND j.args ->> 'municipality_id' = %(municipality)s
  AND j.args ->> 'subscription' = %(subscription)s
"""


@dataclass(frozen=True, slots=True)
class Behind:
    """``events`` wait, the oldest since ``since`` (real time), ``minutes`` ago (whole, at least 1)."""

    events: int
    since: datetime
    minutes: int


def behind(municipality_id: UUID, subscription: str) -> Behind | None:
    """Return how far a subscription is behind; None while it keeps up (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(
            WAITING, {"municipality": str(municipality_id), "subscription": subscription}
        )
        count, since, seconds = cursor.fetchone()
    if not count or since is None or seconds < GRACE_SECONDS:
        return None
    return Behind(count, since, max(1, round(float(seconds) / 60)))
