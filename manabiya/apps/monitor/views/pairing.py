"""The short address a new screen opens: type the code, get the board."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from manabiya.apps.monitor import services
from manabiya.apps.monitor.forms import CodeForm
from manabiya.apps.monitor.wall import COOKIE, find_wall
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.identity.addresses import client_address

A_YEAR = 60 * 60 * 24 * 365


def entry(request: Request, municipality: str) -> HttpResponse:
    """Ask for the code; a screen that is paired already goes on to its board."""
    if request.method != "POST":
        if find_wall(request):
            return redirect("wall-screen", municipality=municipality)
        return _page(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if _is_locked(request):
        form.add_error("code", _("まちがいが続いたので、15分ほど待ってからやり直してください。"))
        return _page(request, form, status=429)
    try:
        paired = services.pair_device(code=form.cleaned_data["code"], now=real_now())
    except services.PairingRefused as refusal:
        services.CODE_FAILURES_OF_ADDRESS.hit(client_address(request))
        services.CODE_FAILURES_OF_CITY.hit(municipality)
        form.add_error("code", str(refusal))
        return _page(request, form, status=422)
    response = redirect("wall-screen", municipality=municipality)
    response.set_cookie(
        COOKIE,
        paired.token,
        max_age=A_YEAR,
        path=reverse("wall-entry", kwargs={"municipality": municipality}),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return response


def _is_locked(request: Request) -> bool:
    address = services.CODE_FAILURES_OF_ADDRESS.locked_until(client_address(request))
    return bool(address or services.CODE_FAILURES_OF_CITY.locked_until(request.municipality.slug))


def _page(request: Request, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "monitor/entry.html", {"form": form}, status=status)
