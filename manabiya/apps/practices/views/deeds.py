"""A deed on a practice: one form of its page, answered with the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse

from manabiya.apps.practices.refusals import PracticeRefused
from manabiya.apps.practices.views.reading import practice_page
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.ui.deeds import do_and_answer


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
    one = "practice" if request.actor.school_id else "board-practice"
    return do_and_answer(
        request, form, deed, refusals=PracticeRefused, said=said,
        show=lambda words, status: practice_page(
            request, practice, refused=words, status=status, **kept
        ),
        onward=here(request, one, practice=practice),
    )  # fmt: skip
