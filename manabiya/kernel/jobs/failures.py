"""Jobs that failed for good: for the operator, without personal data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

LIST = """
SELECT j.id, j.task_name, j.attempts, j.args ->> 'municipality_id', max(e.at)
FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id
WHERE j.status = 'failed' AND (%(municipality)s::text IS NULL
      OR j.args ->> 'municipality_id' = %(municipality)s::text)
GROUP BY j.id ORDER BY j.id DESC LIMIT 200
"""
RETRY = """
UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = NULL, worker_id = NULL
WHERE id = %(id)s AND status = 'failed' AND (%(municipality)s::text IS NULL
      OR args ->> 'municipality_id' = %(municipality)s::text)
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed job."""

    id: int
    name: str
    attempts: int
    municipality_id: str
    failed_at: datetime | None


def failures(municipality_id: UUID | None = None) -> list[Failure]:
    """Return the failed jobs, latest first, of one municipality or of all."""
    with connection.cursor() as cursor:
        cursor.execute(LIST, {"municipality": str(municipality_id) if municipality_id else None})
        return [Failure(*row) for row in cursor.fetchall()]


def retry(job_id: int, municipality_id: UUID | None = None) -> bool:
    """Put a failed job back into the queue; return whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(
            RETRY,
            {"id": job_id, "municipality": str(municipality_id) if municipality_id else None},
        )
        return bool(cursor.rowcount)
