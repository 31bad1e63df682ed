"""Long absence: the alerts with their days, put aside with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.morning import queries, services
from manabiya.apps.morning.forms import DismissForm
from manabiya.apps.morning.policies import ABSENCE_WATCH
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.queries import may_reach_student


def alerts(request: Request) -> HttpResponse:
    """Show whom somebody is told about."""
    return _page(request)


@require_POST
def dismiss(request: Request, student: UUID) -> HttpResponse:
    """Put one alert aside."""
    if not may_reach_student(request.actor, ABSENCE_WATCH, student):
        raise Http404
    form = DismissForm(request.POST)
    if not form.is_valid():
        return _page(request, student=student, form=form, status=422)
    try:
        services.dismiss_alert(
            actor=request.actor, student_id=student, now=request.now, **form.cleaned_data
        )
    except services.MorningRefused as refusal:
        return _page(request, student=student, form=form, refused=str(refusal), status=409)
    messages.success(request, _("確かめたことを残しました。"), extra_tags="done")
    return redirect(here(request, "morning-absences"))


def _page(
    request: Request,
    *,
    student: UUID | None = None,
    form: DismissForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    page = queries.long_absence_of(request.actor, today=request.today)
    errors = [str(error) for found in (form.errors.values() if form else ()) for error in found]
    context = {
        "page": page,
        "refused": refused or " ".join(errors),
        "student": student,
        "kind": form.data.get("kind", "") if form else "",
        "typed": form.data.get("reason", "") if form else "",
    }
    return render(request, "morning/absences.html", context, status=status)
