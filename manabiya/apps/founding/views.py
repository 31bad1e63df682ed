"""Pages: who has a login, links to hand over, and the way in."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.founding import services
from manabiya.apps.founding.forms import FirstLoginForm
from manabiya.apps.founding.models import StaffInvitation
from manabiya.apps.founding.policies import REPLACE
from manabiya.apps.founding.queries import invitable, lines, place_of
from manabiya.kernel import clock
from manabiya.kernel.access.requests import Request
from manabiya.kernel.identity.addresses import client_address
from manabiya.kernel.identity.views.account import qr_image
from manabiya.kernel.identity.views.entry import STAFF_SECONDS, start_session
from manabiya.kernel.tenancy.scope import tenant
from manabiya.roster import queries as roster


def overview(request: Request) -> HttpResponse:
    """List the people of a school (or of the board) with the state of their login."""
    return _overview(request)


def _overview(request: Request, problem: str = "") -> HttpResponse:
    is_board = request.actor.school_id is None
    schools = roster.schools_of_municipality() if is_board else []
    asked = (request.POST or request.GET).get("school", "")
    chosen = next((card for card in schools if card.slug == asked), None)
    school_id = request.actor.school_id or (chosen.id if chosen else None)
    context = {
        "is_board": is_board,
        "schools": schools,
        "chosen": chosen,
        "lines": lines(request.actor, school_id),
        "may_replace": REPLACE.may(request.actor),
        "issue": "board-staff-logins-issue" if is_board else "staff-logins-issue",
        "problem": problem,
    }
    return render(request, "founding/overview.html", context, status=422 if problem else 200)


@require_POST
def issue(request: Request) -> HttpResponse:
    """Issue the links of the chosen people and show them for handing over, once."""
    links = services.issue_links(
        actor=request.actor,
        staff_member_ids=_ids(request.POST.getlist("person")),
        ends_login=request.POST.get("ends_login") == "yes",
        now=clock.real_now(),
    )
    if not links:
        return _overview(
            request,
            _(
                "リンクを出せる人が選ばれていません。ログインのある人には、出し直しを選んでください。"
            ),
        )
    by_id = {link.invitation.staff_member_id: link for link in links}
    people = [
        {"person": person, "link": by_id[person.id], "qr": qr_image(by_id[person.id].address)}
        for person in invitable(request.actor, by_id)
    ]
    back = "board-staff-logins" if request.actor.school_id is None else "staff-logins"
    return render(request, "founding/links.html", {"people": people, "back": back})


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def welcome(request: Request, code: str) -> HttpResponse:
    """Show whose link it is; make the login, or add the hat to the one that is logged in."""
    address = client_address(request)
    try:
        if services.CODE_FAILURES_OF_ADDRESS.locked_until(address) is not None:
            raise services.LinkRefused(
                _("まちがいが続いています。15分待ってから、もう一度お試しください。")
            )
        municipality_id, invitation = services.find_link(code, clock.real_now())
    except services.LinkRefused as error:
        services.CODE_FAILURES_OF_ADDRESS.hit(address)
        return render(request, "founding/refused.html", {"reason": str(error)}, status=410)
    form = FirstLoginForm(request.POST if "login_name" in request.POST else None)
    problem = ""
    if request.method == "POST" and (request.user.is_authenticated or form.is_valid()):
        try:
            return _enter(request, municipality_id, invitation, form)
        except services.LoginNameTaken as error:
            form.add_error("login_name", str(error))
        except services.LinkRefused as error:
            problem = str(error)
    with tenant(municipality_id):
        place = place_of(invitation)
    context = {"form": form, "place": place, "problem": problem}
    status = 422 if problem or form.errors else 200
    return render(request, "founding/welcome.html", context, status=status)


def _enter(
    request: Request, municipality_id: UUID, invitation: StaffInvitation, form: FirstLoginForm
) -> HttpResponse:
    known = request.user if request.user.is_authenticated else None
    typed = {} if known else {k: form.cleaned_data[k] for k in ("login_name", "password")}
    with tenant(municipality_id):
        account = services.use_link(
            invitation_id=invitation.id,
            municipality_id=municipality_id,
            account=known,
            now=clock.real_now(),
            **typed,
        )
    if known is None:
        start_session(request, account)
        request.session.set_expiry(STAFF_SECONDS)
    return redirect("strong-session")
