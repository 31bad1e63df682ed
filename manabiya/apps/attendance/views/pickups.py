"""Children that leave early: call back about whoever comes, then hand over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.forms import CallbackForm
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def pickups(request: Request) -> HttpResponse:
    """List who comes for whom today."""
    lines = queries.pickup_lines(request.actor, day=request.today)
    return render(request, "attendance/pickups.html", {"lines": lines})


def pickup(request: Request, pickup: UUID) -> HttpResponse:
    """Show whom to call about a pick-up; on POST keep what was made sure."""
    if request.method != "POST":
        return _page(request, pickup, CallbackForm())
    form = CallbackForm(request.POST)
    if not form.is_valid():
        return _page(request, pickup, form, status=422)
    try:
        services.record_callback(
            actor=request.actor,
            pickup_id=pickup,
            is_cleared=form.cleaned_data["answer"] == CallbackForm.CLEARED,
            note=form.cleaned_data["note"],
            now=request.now,
        )
    except services.AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, pickup, form, status=409)
    messages.success(request, _("電話で確かめたことを残しました。"), extra_tags="done")
    return redirect(here(request, "attendance-pickups"))


@require_POST
def release(request: Request, pickup: UUID) -> HttpResponse:
    """Keep that the child was handed over."""
    try:
        services.release_child(actor=request.actor, pickup_id=pickup, now=request.now)
    except services.AttendanceRefused as refusal:
        return _page(request, pickup, CallbackForm(), refused=str(refusal), status=409)
    messages.success(request, _("引き渡しました。時刻が残りました。"), extra_tags="done")
    return redirect(here(request, "attendance-pickups"))


def _page(request: Request, pickup: UUID, form: CallbackForm, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    page = queries.pickup_page(request.actor, pickup_id=pickup, now=request.now)
    context |= {"page": page, "line": page.line, "form": form}
    return render(request, "attendance/pickup.html", context, status=status)
