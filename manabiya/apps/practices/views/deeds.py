"""A deed on a practice: one form of its page, answered with the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.views.reading import practice_page
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def done(
    request: Request,
    practice: UUID,
    form: Form,
    deed: Callable[[dict[str, Any]], object],
    said: str,
    name: str = "",
) -> HttpResponse:
    """Do the deed with what the form says; a refusal shows the page with what was typed.

    ``name``: what the page calls the form.
    """
    kept = {name: form} if name else {}
    if not form.is_valid():
        words = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return practice_page(request, practice, refused=words, status=422, **kept)
    try:
        deed(form.cleaned_data)
    except PracticeRefused as refusal:
        return practice_page(request, practice, refused=str(refusal), status=409, **kept)
    messages.success(request, said, extra_tags="done")
    one = "practice" if request.actor.school_id else "board-practice"
    return redirect(here(request, one, practice=practice))
