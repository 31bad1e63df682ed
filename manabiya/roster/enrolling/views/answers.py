"""How every page of enrolling answers, and under which names its area knows the others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.services import EnrollingRefused
from manabiya.roster.models import Student


def prefix(request: Request) -> str:
    """Return what the names of the routes begin with: nothing at a school."""
    return "" if request.actor.school_id else "board-"


def child_of_number(request: Request, reference: str) -> UUID:
    """Return the id of the child with a 識別番号; refuse a number nobody has."""
    rows = TRANSFER.filter(request.actor, Student.objects.filter(reference=reference.strip()))
    found: UUID | None = rows.values_list("id", flat=True).first()
    if found is None:
        raise EnrollingRefused("この識別番号の児童生徒はいません。", "reference")
    return found


def answer(
    request: Request,
    form: forms.Form,
    page: str,
    context: dict[str, Any],
    write: Callable[[], object],
    said: str,
    onward: str,
    **names: Any,
) -> HttpResponse:
    """Write what a valid form says and go on, or show the page with everything typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() or not form.fields:
            try:
                write()
                messages.success(request, said)
                return redirect(here(request, onward, **names))
            except EnrollingRefused as refused:
                known = refused.field if refused.field in form.fields else None
                form.add_error(known, str(refused))
    return render(
        request, f"roster/enrolling/{page}.html", {"form": form, **context}, status=status
    )
