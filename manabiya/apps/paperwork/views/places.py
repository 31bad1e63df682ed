"""The same pages stand under the school's address and under the board's own list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from manabiya.apps.paperwork.services import PaperworkRefused
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request

PAGES = (
    "list", "common", "import", "pattern", "file", "use", "decide", "done", "reopen", "remove",
    "partners", "partner",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


def name_of(request: Request, page: str) -> str:
    """Return the name of the route of a page in the place of the request."""
    prefix = "paperwork" if request.actor.school_id else "board-paperwork"
    return f"{prefix}-{page}"


def names(request: Request) -> dict[str, str]:
    """Return the names of the routes of the place, for ``{% here %}``."""
    return {page: name_of(request, page) for page in PAGES}


def back(request: Request, page: str, words: str, **kwargs: Any) -> HttpResponse:
    """Go on to a page of the place and say what was done."""
    messages.success(request, words, extra_tags="done")
    return redirect(here(request, name_of(request, page), **kwargs))


def counted(do: Callable[[], int]) -> tuple[int, str]:
    """Do it; return how many, and why it was refused or an empty text."""
    try:
        return do(), ""
    except PaperworkRefused as refusal:
        return 0, str(refusal)


def tried(do: Callable[[], object]) -> str:
    """Do it; return why it was refused, or an empty text."""
    try:
        do()
    except PaperworkRefused as refusal:
        return str(refusal)
    return ""


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file: a PDF to look at, everything else to keep."""
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(kind != PDF, name)
    if header:
        response.headers["Content-Disposition"] = header
    return response
