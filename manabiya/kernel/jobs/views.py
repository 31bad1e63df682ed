"""The operator's list of failed jobs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.jobs.failures import failures
from manabiya.kernel.jobs.services import retry_job


def failed(request: Request) -> HttpResponse:
    """List the failed jobs of the municipality."""
    context = {"failures": failures(request.municipality.id)}
    return render(request, "jobs/failures.html", context)


@require_POST
def retry(request: Request, job: int) -> HttpResponse:
    """Put one back into the queue."""
    retry_job(actor=request.actor, job_id=job)
    return redirect(here(request, "jobs-failures"))
