"""What the board proposes to the school, and its answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.paperwork import policies, queries, services
from manabiya.apps.paperwork.views.places import back, names, tried
from manabiya.kernel.access.requests import Request


def proposals(request: Request) -> HttpResponse:
    """List the proposals that wait for an answer."""
    return _page(request)


@require_POST
def answer(request: Request, proposal: UUID) -> HttpResponse:
    """Answer one."""
    words = request.POST.get("words", "")[:200]

    def do() -> object:
        return services.answer_proposal(
            actor=request.actor,
            proposal_id=proposal,
            answer=request.POST.get("answer", ""),
            words=words,
            now=request.now,
        )

    if refused := tried(do):
        return _page(request, refused=refused, refused_id=proposal, words=words, status=409)
    return back(request, "proposals", _("教育委員会に返事を送りました。"))


def _page(request: Request, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {
        "routes": names(request),
        "proposals": queries.open_proposals(request.actor),
        "answered": queries.answered_proposals(request.actor),
        "may_continue": policies.USE_CONTINUE.may(request.actor),
    }
    return render(request, "paperwork/proposals.html", context, status=status)
