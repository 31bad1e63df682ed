"""The list, one practice, its files: at a school and at the board."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.practices import queries
from manabiya.apps.practices.forms import PaperForm, RecommendForm, TriedForm
from manabiya.apps.practices.papers import CONTENT_TYPES
from manabiya.kernel.access.requests import Request
from manabiya.kernel.files import read


def practices(request: Request) -> HttpResponse:
    """List the practices, of one item or with some words."""
    page = queries.practice_list(
        request.actor,
        code=request.municipality.code,
        item=request.GET.get("item", ""),
        words=request.GET.get("words", "").strip()[:60],
    )
    return render(request, "practices/list.html", {"page": page, "routes": _routes(request)})


def practice(request: Request, practice: UUID) -> HttpResponse:
    """Show a practice."""
    return practice_page(request, practice)


def practice_page(
    request: Request, practice: UUID, *, refused: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    """Render a practice; ``forms``: those sent back with what was typed."""
    page = queries.practice_page(request.actor, practice_id=practice)
    seen = {"version": page.practice.version}
    tried = page.own_follow.tried_words if page.own_follow else ""
    context = {
        "page": page,
        "row": page.practice,
        "refused": refused,
        "routes": _routes(request),
        "paper_form": PaperForm(initial=seen),
        "recommend_form": RecommendForm(initial={**seen, "words": page.practice.recommendation}),
        "tried_form": TriedForm(initial={"words": tried}),
        **forms,
    }
    return render(request, "practices/practice.html", context, status=status)


def paper(request: Request, practice: UUID, attachment: UUID) -> HttpResponse:
    """Give a file of a practice, to be saved."""
    found = queries.paper_of(request.actor, practice_id=practice, paper_id=attachment)
    response = HttpResponse(read(found.digest), content_type=CONTENT_TYPES[found.kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _routes(request: Request) -> dict[str, str]:
    """Return the names of the addresses in the viewer's area."""
    area = "" if request.actor.school_id else "board-"
    return {"list": f"{area}practices", "one": f"{area}practice", "paper": f"{area}practice-paper"}
