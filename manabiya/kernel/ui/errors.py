"""Error pages: what happened, what is kept, what to do.

403 says who can; 404 never tells whether the thing exists; 503 needs neither database nor
session and holds every posted field, so that nothing typed is lost.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from manabiya.kernel.access.policies import Refused
from manabiya.kernel.registry import registry
from manabiya.kernel.ui.languages import of_language

SECRET_WORDS = ("password", "passwd", "code", "credential", "otp", "secret")
LONGEST = 200_000
BEGINS_WITH_ID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b")


@dataclass(frozen=True, slots=True)
class KeptField:
    """A posted field: shown to the person when it is text somebody typed."""

    name: str
    value: str
    is_shown: bool


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 and say who can."""
    holders: Sequence[str] = ()
    label = ""
    if isinstance(exception, Refused):
        holders = [registry.role_label(key) for key in exception.holders]
        label = exception.permission.label
    return _page(request, "ui/errors/403.html", 403, {"holders": holders, "label": label})


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return _page(request, "ui/errors/404.html", 404, {})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is too old, with what was typed and a fresh token."""
    context = {"fields": kept_fields(request), "token": get_token(request), "here": request.path}
    return _page(request, "ui/errors/csrf.html", 403, context)


def login_again(request: HttpRequest, login: str) -> HttpResponse:
    """Answer 401 to a form sent after the login ended, with what was typed and a way to log in.

    ``login``: the address of the page to log in, or to prove the second factor of the day.
    """
    context = {
        "fields": kept_fields(request),
        "token": get_token(request),
        "here": request.get_full_path(),
        "login": login,
    }
    return _page(request, "ui/errors/login_again.html", 401, context)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is out of reach."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return service_unavailable(request)
    context = {"fields": kept_fields(request), "here": request.get_full_path()}
    return _page(request, "ui/errors/500.html", 500, context)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 with every posted field still in the page and a button that sends it again."""
    context = {
        "fields": kept_fields(request),
        "token": request.POST.get("csrfmiddlewaretoken", "") if request.method == "POST" else "",
        "here": request.get_full_path(),
        "lost_files": [file.name for _, files in request.FILES.lists() for file in files]
        if request.method == "POST"
        else [],
    }
    response = _page(request, "ui/errors/503.html", 503, context)
    response.headers["Retry-After"] = "10"
    return response


def kept_fields(request: HttpRequest) -> list[KeptField]:
    """Return the posted fields, secrets and the token left out."""
    if request.method != "POST":
        return []
    kept = []
    size = 0
    for name, values in request.POST.lists():
        if name == "csrfmiddlewaretoken" or any(word in name.lower() for word in SECRET_WORDS):
            continue
        for value in values:
            size += len(value)
            if size <= LONGEST:
                kept.append(KeptField(name, value, is_shown=_is_typed(value)))
    return kept


def _is_typed(value: str) -> bool:
    """Return whether a value looks like words a person wrote, not an id or a choice."""
    if BEGINS_WITH_ID.match(value):
        return False
    return any(ord(letter) > 0x2E7F for letter in value) or " " in value.strip()


def _page(
    request: HttpRequest, template: str, status: int, context: Mapping[str, object]
) -> HttpResponse:
    """Render without context processors: no session, no database."""
    everything = {"title": _("お知らせ"), "request": request, **of_language(), **context}
    if everything["unchecked_language"]:
        everything["csrf_token"] = get_token(request)
    response = HttpResponse(render_to_string(template, everything), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
