"""The school's pages: who has a paper, print papers."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.invitations import services
from manabiya.apps.invitations.codes import grouped
from manabiya.apps.invitations.policies import ISSUE
from manabiya.apps.invitations.queries import guardian_lines
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.views.account import qr_image
from manabiya.law.era import format_era
from manabiya.law.school_year import school_year_of
from manabiya.roster import queries as roster


def overview(request: Request) -> HttpResponse:
    """List guardians by class with the state of their paper; choose whose to print."""
    return _overview(request)


def _overview(request: Request, problem: str = "") -> HttpResponse:
    """Show the list; with ``problem`` what was chosen stays chosen."""
    asked = request.POST or request.GET
    year = school_year_of(request.today)
    allowed = set(roster.homeroom_ids_for(request.actor, ISSUE, year))
    cards = [
        card
        for card in roster.homerooms_at(request.actor.at, year, request.today)
        if card.id in allowed
    ]
    chosen = next((c for c in cards if str(c.id) == asked.get("class")), None)
    chosen = chosen or (cards[0] if cards else None)
    lines = guardian_lines(chosen.id, request.today, request.municipality.id) if chosen else []
    context = {
        "homerooms": cards,
        "chosen": chosen,
        "lines": lines,
        "problem": problem,
        "picked": set(request.POST.getlist("pair")) if problem else None,
        "ends_login": request.POST.get("ends_login") == "yes",
        "checked": request.POST.get("checked", ""),
    }
    return render(request, "invitations/overview.html", context, status=422 if problem else 200)


@require_POST
def issue(request: Request) -> HttpResponse:
    """Issue the chosen papers and show them for printing; the codes are shown only here."""
    pairs = [_pair(text) for text in request.POST.getlist("pair")]
    try:
        papers = services.issue_invitations(
            actor=request.actor,
            rights=[pair for pair in pairs if pair is not None],
            ends_login=request.POST.get("ends_login") == "yes",
            identity_checked_by=request.POST.get("checked", ""),
            now=real_now(),
        )
    except services.IdentityNotChecked as error:
        return _overview(request, problem=str(error))
    if not papers:
        return _overview(
            request, problem=_("紙を出す人が選ばれていません。一人以上選んでください。")
        )
    school = roster.school_of(request.actor.at, request.today)
    pages = []
    names = roster.people_of(
        [(p.invitation.student_id, p.invitation.guardian_id) for p in papers], request.today
    )
    for paper in papers:
        who = names[paper.invitation.student_id, paper.invitation.guardian_id]
        address = settings.PUBLIC_ADDRESS + reverse("join-code", kwargs={"code": paper.code})
        pages.append(
            {
                "who": who,
                "code": grouped(paper.code),
                "qr": qr_image(address),
                "expires_at": paper.invitation.expires_at,
            }
        )
    context = {
        "pages": pages,
        "school": school,
        "host": settings.PUBLIC_ADDRESS.split("//")[-1],
        "date": format_era(request.today),
    }
    return render(request, "invitations/papers.html", context)


def _pair(text: str) -> tuple[UUID, UUID] | None:
    try:
        student, guardian = text.split(":")
        return UUID(student), UUID(guardian)
    except ValueError:
        return None
