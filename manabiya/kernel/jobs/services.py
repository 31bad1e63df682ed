"""Retry a failed job."""

from django.http import Http404

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.kernel.jobs.failures import retry
from manabiya.kernel.jobs.policies import JOBS_RETRY


@service
def retry_job(*, actor: Actor, job_id: int) -> None:
    """Put a failed job of the actor's municipality back into the queue."""
    JOBS_RETRY.require(actor)
    if not retry(job_id, actor.municipality_id):
        raise Http404
    record(actor=actor, action="jobs.failure:retry", subject_type="job", details={"job": job_id})
