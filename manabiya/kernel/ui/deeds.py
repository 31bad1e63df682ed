"""A deed: one form of a page, done, and answered with the page or with the way on."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Done = TypeVar("Done")


def do_and_answer(
    request: HttpRequest,
    form: Form,
    deed: Callable[[dict[str, Any]], Done],
    *,
    refusals: type[Exception],
    show: Callable[[str, int], HttpResponse],
    said: str | Callable[[Done], str],
    onward: str,
) -> HttpResponse:
    """Do the deed with what the form says, say so and lead to the address ``onward``.

    ``show`` answers with the page and why nothing was done (the words, and 422 for a form that is
    not filled in rightly or 409 for a refusal). ``said``: the words, or how to find them from what
    was done.
    """
    if not form.is_valid():
        words = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return show(words, 422)
    try:
        done = deed(form.cleaned_data)
    except refusals as refusal:
        return show(str(refusal), 409)
    messages.success(request, said if isinstance(said, str) else said(done), extra_tags="done")
    return redirect(onward)
