"""The own account: second factor, passkeys, password, sessions."""

import base64
import io

import segno
from allauth.core import context as library
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.kernel.access.requests import Request
from manabiya.kernel.identity import second_factor
from manabiya.kernel.identity.devices import device_name
from manabiya.kernel.identity.forms import CodeForm
from manabiya.kernel.identity.strength import is_strong, mark_strong
from manabiya.kernel.identity.throttle import SECOND_FACTOR_FAILURES
from manabiya.kernel.identity.views.entry import read_credential, safe_next


def strong_session(request: Request) -> HttpResponse:
    """Prove a second factor, or set up the first one; then go back to where one came from."""
    mine = second_factor.authenticators_of(request.user)
    return _prove(request, mine) if mine else _set_up(request)


def _prove(request: Request, mine: list[Authenticator]) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    problem = ""
    if request.method == "POST":
        try:
            _count(request)
            if "credential" in request.POST:
                second_factor.prove_by_passkey(request.user, read_credential(request))
            elif form.is_valid():
                second_factor.prove_by_code(request.user, form.cleaned_data["code"])
            else:
                raise second_factor.NotProven(_("6けたの数字を入れてください。"))
        except second_factor.NotProven as error:
            problem = str(error)
        else:
            SECOND_FACTOR_FAILURES.forget(str(request.user.pk))
            mark_strong(request)
            return redirect(safe_next(request))
    context = {
        "form": form,
        "problem": problem,
        "next": safe_next(request),
        "has_totp": any(a.type == Authenticator.Type.TOTP for a in mine),
        "has_passkey": any(a.type == Authenticator.Type.WEBAUTHN for a in mine),
    }
    return render(request, "identity/prove.html", context, status=422 if problem else 200)


def _set_up(request: Request) -> HttpResponse:
    """Set up TOTP or a passkey; the recovery codes are shown once."""
    problem = ""
    secret = totp.get_totp_secret(regenerate=False)
    if request.method == "POST":
        try:
            _count(request)
            if "credential" in request.POST:
                codes = second_factor.add_passkey(
                    request.user, _("この端末"), read_credential(request)
                )
            else:
                codes = second_factor.add_totp(request.user, secret, request.POST.get("code", ""))
        except second_factor.NotProven as error:
            problem = str(error)
        else:
            SECOND_FACTOR_FAILURES.forget(str(request.user.pk))
            totp.clear_totp_secret(request)
            mark_strong(request)
            context = {"codes": codes, "next": safe_next(request)}
            return render(request, "identity/recovery_codes.html", context)
    context = {
        "problem": problem,
        "next": safe_next(request),
        "secret": secret,
        "qr": qr_image(get_adapter().build_totp_url(request.user, secret)),
    }
    return render(request, "identity/set_up.html", context, status=422 if problem else 200)


def _count(request: Request) -> None:
    subject = str(request.user.pk)
    if SECOND_FACTOR_FAILURES.locked_until(subject) is not None:
        raise second_factor.NotProven(
            _("まちがいが続いたため、15分のあいだ入れません。急ぐときは管理職に知らせてください。")
        )
    SECOND_FACTOR_FAILURES.hit(subject)


def passkey_challenge(request: Request, purpose: str) -> HttpResponse:
    """Give the challenge for proving (``prove``) or adding (``add``) a passkey."""
    if purpose == "prove":
        return JsonResponse(webauthn.begin_authentication(request.user))
    if purpose == "add":
        return JsonResponse(webauthn.begin_registration(request.user, passwordless=True))
    raise Http404


def security(request: Request) -> HttpResponse:
    """Show second factors and sessions of the account."""
    sessions = UserSession.objects.purge_and_list(request.user)
    context = {
        "authenticators": second_factor.authenticators_of(request.user),
        "sessions": [(session, device_name(session.user_agent)) for session in sessions],
        "current": request.session.session_key,
    }
    return render(request, "identity/security.html", context)


@require_POST
def add_passkey(request: Request) -> HttpResponse:
    """Keep a further passkey; staff prove their second factor first."""
    if second_factor.authenticators_of(request.user) and not is_strong(request):
        return redirect("strong-session")
    try:
        second_factor.add_passkey(request.user, _("この端末"), read_credential(request))
        messages.success(request, _("パスキーを登録しました。次からこの端末はパスキーで入れます。"))
    except second_factor.NotProven as error:
        messages.error(request, str(error), extra_tags="alarm")
    return redirect("account-security")


@require_POST
def remove_passkey(request: Request, authenticator: int) -> HttpResponse:
    """Remove one of the own passkeys, after proving the second factor today."""
    if not is_strong(request):
        return redirect("strong-session")
    found = Authenticator.objects.filter(
        pk=authenticator, user=request.user, type=Authenticator.Type.WEBAUTHN
    )
    if not found.exists():
        raise Http404
    found.delete()
    messages.success(request, _("パスキーを消しました。"))
    return redirect("account-security")


def password(request: Request) -> HttpResponse:
    """Change the password; other sessions end, this one stays."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("パスワードを変えました。ほかの端末からはログアウトしました。"))
        return redirect("account-security")
    return render(
        request, "identity/password.html", {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def end_session(request: Request, session: int) -> HttpResponse:
    """End one of the own sessions on another device."""
    found = UserSession.objects.filter(pk=session, user=request.user).first()
    if found is None:
        raise Http404
    with library.request_context(request):
        found.end()
    messages.success(request, _("その端末からログアウトしました。"))
    return redirect("account-security")


def qr_image(text: str) -> str:
    """Return a QR code as a data address (SVG) fit for ``<img>``."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=4, xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode()}"
