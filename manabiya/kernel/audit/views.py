"""Pages of the audit."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.requests import Request
from manabiya.kernel.audit.policies import AUDIT_BOARD, AUDIT_SCHOOL
from manabiya.kernel.audit.queries import PAGE, Filters, audit_lines

KINDS = (
    ("", "すべて"),
    ("write", "書いた"),
    ("read", "見た"),
    ("refused", "断られた"),
    ("support", "支援で開いた"),
)


def school(request: Request) -> HttpResponse:
    """Show the school's audit."""
    return _page(request, AUDIT_SCHOOL)


def board(request: Request) -> HttpResponse:
    """Show the municipality's audit."""
    return _page(request, AUDIT_BOARD)


def _page(request: Request, policy: Policy) -> HttpResponse:
    asked = request.GET
    data_class = asked.get("class", "")
    filters = Filters(
        first=_date(asked.get("first", "")),
        last=_date(asked.get("last", "")),
        kind=asked.get("kind", ""),
        data_class=int(data_class) if data_class in {"1", "2", "3"} else None,
        person_id=_uuid(asked.get("person", "")),
        before=_uuid(asked.get("before", "")),
    )
    lines = audit_lines(request.actor, policy, filters)
    older = asked.copy()
    if len(lines) > PAGE:
        older["before"] = str(lines[PAGE - 1].id)
    context = {
        "lines": lines[:PAGE],
        "older": older.urlencode() if len(lines) > PAGE else "",
        "asked": asked,
        "kinds": KINDS,
    }
    return render(request, "audit/entries.html", context)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
