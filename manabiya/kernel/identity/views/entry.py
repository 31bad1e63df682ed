"""Coming in and going out: login, passkey, demo buttons, hats, logout."""

import ipaddress
import json
from typing import Any
from uuid import UUID

from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.kernel.access.requests import Request
from manabiya.kernel.identity import second_factor
from manabiya.kernel.identity.addresses import client_address
from manabiya.kernel.identity.forms import LoginForm
from manabiya.kernel.identity.hats import hats_of
from manabiya.kernel.identity.models import Account, DemoLogin, Hat, Membership
from manabiya.kernel.identity.strength import mark_strong
from manabiya.kernel.identity.throttle import LOGIN_FAILURES, LOGIN_FAILURES_OF_ADDRESS

BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF_SECONDS = 60 * 60 * 12
GUARDIAN_SECONDS = 60 * 60 * 24 * 90
RELAY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def health(request: Request) -> HttpResponse:
    """Answer 200 when web and database work."""
    DemoLogin.objects.exists()
    return HttpResponse("ok", content_type="text/plain")


def log_in(request: Request) -> HttpResponse:
    """Ask for login name and password; on a demo on loopback offer the roles."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _account(request, form)
        if account is not None:
            return _enter(request, account)
    context = {"form": form, "next": safe_next(request), "demo_logins": demo_logins(request)}
    return render(request, "identity/login.html", context, status=422 if form.errors else 200)


def _account(request: Request, form: LoginForm) -> Account | None:
    """Return the account when name and password fit; count failures, lock out after ten."""
    name = form.cleaned_data["login_name"].strip().lower()
    address = client_address(request)
    until = LOGIN_FAILURES.locked_until(name) or LOGIN_FAILURES_OF_ADDRESS.locked_until(address)
    if until is not None:
        form.add_error(
            None,
            _("まちがいが続いたため、%(time)sまで入れません。急ぐときは学校に知らせてください。")
            % {"time": localtime(until).strftime("%-H:%M")},
        )
        return None
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if account is None:
        LOGIN_FAILURES.hit(name)
        LOGIN_FAILURES_OF_ADDRESS.hit(address)
        form.add_error(None, _("ログイン名かパスワードがちがいます。もう一度入れてください。"))
        return None
    LOGIN_FAILURES.forget(name)
    return account


def passkey(request: Request) -> HttpResponse:
    """Give the challenge (GET) and accept a passkey (POST): password and second factor in one."""
    if request.method != "POST":
        return JsonResponse(webauthn.begin_authentication(None))
    try:
        credential = read_credential(request)
        account = second_factor.account_of_passkey(credential)
        second_factor.prove_by_passkey(account, credential)
    except second_factor.NotProven as error:
        form = LoginForm()
        context = {"form": form, "next": safe_next(request), "passkey_problem": str(error)}
        return render(request, "identity/login.html", context, status=422)
    return _enter(request, account, is_strong=True)


@require_POST
def demo_login(request: Request, account: UUID) -> HttpResponse:
    """Log in as a role of the demo with one press; only on loopback, only demo accounts."""
    if not demo_is_open(request):
        raise Http404
    found = DemoLogin.objects.filter(account_id=account, municipality__is_demo=True).first()
    if found is None:
        raise Http404
    _enter(request, found.account, is_strong=True)
    return redirect(found.landing)


def home(request: Request) -> HttpResponse:
    """Send the person to the only place there is, or let choose among several."""
    hats = hats_of(request.user)
    if len(hats) == 1 and "stay" not in request.GET:
        return redirect(hats[0].url)
    return render(request, "identity/home.html", {"hats": hats})


@require_POST
def log_out(request: Request) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("login")


def demo_is_open(request: Request) -> bool:
    """Return whether demo buttons may work: bound to loopback and asked from there.

    A proxy on the same machine also asks from there, for people far away: what came through one
    is refused.
    """
    try:
        is_near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        is_near = False
    is_relayed = any(name in request.headers for name in RELAY_HEADERS)
    return settings.IS_DEMO_ALLOWED and is_near and not is_relayed


def demo_logins(request: Request) -> list[DemoLogin]:
    """Return the roles to offer: by municipality, those of no school first, then school by school."""
    if not demo_is_open(request):
        return []
    rows = DemoLogin.objects.filter(municipality__is_demo=True).select_related("municipality")

    def order(row: DemoLogin) -> tuple[str, bool, int]:
        return row.municipality.code, row.place != row.municipality.name, row.position

    return sorted(rows, key=order)


def read_credential(request: Request) -> dict[str, Any]:
    """Return the passkey's JSON of the form; raise ``NotProven`` when it is none."""
    try:
        credential = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise second_factor.NotProven(
            _("パスキーを読み取れませんでした。もう一度お試しください。")
        ) from error
    if not isinstance(credential, dict):
        raise second_factor.NotProven(_("パスキーを読み取れませんでした。もう一度お試しください。"))
    return credential


def safe_next(request: Request) -> str:
    """Return the address to go to afterwards, only within this site."""
    found = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(found, allowed_hosts={request.get_host()})
    return found if is_ours else "/"


def start_session(request: Request, account: Account) -> None:
    """Log in and list the session among those of the account."""
    login(request, account, backend=BACKEND)
    UserSession.objects.create_from_request(request)


def _enter(request: Request, account: Account, *, is_strong: bool = False) -> HttpResponse:
    """Log in; staff for a working day, guardians for a season."""
    start_session(request, account)
    hats = set(Membership.objects.filter(account=account).values_list("hat", flat=True))
    request.session.set_expiry(GUARDIAN_SECONDS if hats == {Hat.GUARDIAN} else STAFF_SECONDS)
    if is_strong:
        mark_strong(request)
    return redirect(safe_next(request))
