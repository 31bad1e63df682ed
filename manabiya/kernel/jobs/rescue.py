"""Take up jobs whose worker was killed; give up on a job that kills workers."""

import os

from django.db import connection

from manabiya.kernel.jobs.work import periodic

MOST_ATTEMPTS = 10
STALLED = """
SELECT j.id, j.attempts FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing'
  AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))
"""
HEARTBEAT_SECONDS = float(os.environ.get("MANABIYA_WORKER_HEARTBEAT", "5"))
SILENCE_SECONDS = 3 * HEARTBEAT_SECONDS


def rescue_stalled(silence: float = SILENCE_SECONDS) -> int:
    """Put jobs of workers silent for ``silence`` seconds back; return how many were found.

    A job found ten times is given up: it would kill workers forever.
    """
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [silence])
        stalled = cursor.fetchall()
        for job_id, attempts in stalled:
            if attempts >= MOST_ATTEMPTS:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
            else:
                cursor.execute(
                    "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1,"
                    " worker_id = NULL, scheduled_at = NULL WHERE id = %s AND status = 'doing'",
                    [job_id],
                )
    return len(stalled)


@periodic("*/10 * * * * *", name="jobs.rescue")
def _rescue() -> None:
    rescue_stalled()
