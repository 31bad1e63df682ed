"""The guardian's way in: code, birth date, password or passkey."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.invitations import services
from manabiya.apps.invitations.codes import plain
from manabiya.apps.invitations.forms import BirthDateForm, CodeForm, PasswordForm
from manabiya.apps.invitations.models import Invitation
from manabiya.kernel import clock
from manabiya.kernel.access.requests import Request
from manabiya.kernel.identity.addresses import client_address
from manabiya.kernel.identity.views.entry import GUARDIAN_SECONDS, start_session
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant

PROVEN = "proven_invitation"


def start(request: Request) -> HttpResponse:
    """Ask for the letters of the paper."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = client_address(request)
        try:
            _check_address(address)
            _check_paper(form.cleaned_data["code"])
        except services.JoinRefused as error:
            services.CODE_FAILURES_OF_ADDRESS.hit(address)
            form.add_error("code", str(error))
        else:
            return redirect("join-code", code=plain(form.cleaned_data["code"]))
    return render(
        request, "invitations/start.html", {"form": form}, status=422 if form.errors else 200
    )


def code(request: Request, code: str) -> HttpResponse:
    """Ask for the child's birth date; the paper is opened by it, not by its letters alone."""
    address = client_address(request)
    try:
        _check_address(address)
        municipality_id, invitation = services.find_invitation(code, clock.real_now())
    except services.JoinRefused as error:
        services.CODE_FAILURES_OF_ADDRESS.hit(address)
        return _refused(request, error)
    form = BirthDateForm(request.POST or None)
    with tenant(municipality_id):
        try:
            who = services.people_on(invitation, _today(municipality_id))
        except services.JoinRefused as error:
            services.CODE_FAILURES_OF_ADDRESS.hit(address)
            return _refused(request, error)
        if request.method == "POST" and form.is_valid():
            try:
                services.prove_birth_date(invitation, form.cleaned_data["birth_date"])
            except services.JoinRefused as error:
                form.add_error("birth_date", str(error))
            else:
                request.session[PROVEN] = [str(municipality_id), str(invitation.id)]
                return redirect("join-choose")
    context = {"form": form, "who": who, "code": code}
    return render(
        request, "invitations/birth_date.html", context, status=422 if form.errors else 200
    )


def choose(request: Request) -> HttpResponse:
    """Bind: to the account logged in, or to a new one; a passkey is added on the next page."""
    proven = request.session.get(PROVEN)
    if proven is None:
        return redirect("join")
    municipality_id, invitation_id = UUID(proven[0]), UUID(proven[1])
    form = PasswordForm(request.POST if "password" in request.POST else None)
    account = request.user if request.user.is_authenticated else None
    problem = ""
    if request.method == "POST":
        password = None
        is_ready = account is not None or request.POST.get("way") == "passkey"
        if not is_ready and form.is_valid():
            password, is_ready = form.cleaned_data["password"], True
        if is_ready:
            try:
                return _bind(request, municipality_id, invitation_id, password)
            except services.JoinRefused as error:
                problem = str(error)
                request.must_roll_back = True
    with tenant(municipality_id):
        try:
            who = services.people_on(
                Invitation.objects.get(pk=invitation_id), _today(municipality_id)
            )
        except services.JoinRefused as error:
            return _refused(request, error)
    context = {"form": form, "who": who, "problem": problem, "is_logged_in": account is not None}
    status = 422 if problem or form.errors else 200
    return render(request, "invitations/choose.html", context, status=status)


def _bind(
    request: Request, municipality_id: UUID, invitation_id: UUID, password: str | None
) -> HttpResponse:
    is_known = request.user.is_authenticated
    with tenant(municipality_id):
        account = services.join(
            invitation_id=invitation_id,
            municipality_id=municipality_id,
            account=request.user if is_known else None,
            password=password,
            now=clock.real_now(),
            today=_today(municipality_id),
        )
    del request.session[PROVEN]
    if is_known:
        return redirect("home")
    start_session(request, account)
    request.session.set_expiry(GUARDIAN_SECONDS)
    context = {"account": account, "has_password": password is not None}
    return render(request, "invitations/welcome.html", context)


def _check_paper(code: str) -> None:
    """Refuse a paper whose guardian has no right today in the words for an unknown one."""
    municipality_id, invitation = services.find_invitation(code, clock.real_now())
    with tenant(municipality_id):
        services.people_on(invitation, _today(municipality_id))


def _check_address(address: str) -> None:
    if services.CODE_FAILURES_OF_ADDRESS.locked_until(address) is not None:
        raise services.JoinRefused(
            _("まちがいが続いています。15分待ってから、もう一度お試しください。")
        )


def _refused(request: Request, error: services.JoinRefused) -> HttpResponse:
    return render(request, "invitations/refused.html", {"reason": str(error)}, status=410)


def _today(municipality_id: UUID) -> date:
    """Return the school's local date where the paper belongs."""
    return clock.school_now(Municipality.objects.get(pk=municipality_id)).date()
