"""The guard in front of every view: login, hat, permission, strong session, log of reads."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.devices import DevicePolicy
from manabiya.kernel.access.policies import DataClass, Open, Policy
from manabiya.kernel.access.routes import Route
from manabiya.kernel.audit.record import record
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.ui.errors import kept_fields, login_again


def enter(entry: Route, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Let the request through to the view of ``entry``, or answer 302, 401, 403 or 404."""
    policy = entry.policy
    if isinstance(policy, Open):
        if policy.needs_login and not request.user.is_authenticated:
            return to_login(request)
        return entry.view(request, *args, **kwargs)
    if isinstance(policy, DevicePolicy):
        return _enter_as_device(entry, policy, request, *args, **kwargs)
    if not request.user.is_authenticated:
        return to_login(request)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    if actor.support_session_id is not None:
        _log_support(entry, request, actor)
    policy.require(actor)
    if needs_strong_session(entry, actor):
        return to_strong_session(request)
    for name in ("municipality", "school"):
        kwargs.pop(name, None)
    response = entry.view(request, *args, **kwargs)
    if request.method == "GET" and response.status_code == 200:
        _log_read(entry, policy, request, actor, kwargs)
    return response


def _enter_as_device(
    entry: Route, policy: DevicePolicy, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Let a paired device through; for everybody else, people included, the page does not exist."""
    device = policy.find(request) if request.method == "GET" else None
    if device is None or not policy.may(device):
        raise Http404
    request.device = device  # type: ignore[attr-defined]
    kwargs.pop("municipality", None)
    return entry.view(request, *args, **kwargs)


def needs_strong_session(entry: Route, actor: Actor) -> bool:
    """Staff and board prove a second factor, once per device and day, before class Ⅱ or graver.

    Looking into a school in a support session counts as Ⅱ whatever the page shows.
    """
    if actor.hat is Hat.GUARDIAN or actor.is_strong:
        return False
    return entry.data_class <= DataClass.II or actor.support_session_id is not None


def to_login(request: HttpRequest) -> HttpResponse:
    """Send the person to the login page and back here afterwards."""
    return _send(request, "login")


def to_strong_session(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor and come back here afterwards."""
    return _send(request, "strong-session")


def _send(request: HttpRequest, name: str) -> HttpResponse:
    """Send on to ``name``; a form somebody typed stays on the page that says so (401)."""
    here = (
        request.get_full_path()
        if request.method == "GET"
        else request.META.get("HTTP_REFERER", "/")
    )
    address = f"{resolve_url(name)}?{urlencode({'next': here})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    if "text/html" in request.headers.get("Accept", "") and kept_fields(request):
        return login_again(request, f"{resolve_url(name)}?{urlencode({'next': '/'})}")
    return redirect(address)


def _log_read(
    entry: Route, policy: Policy, request: HttpRequest, actor: Actor, kwargs: dict[str, Any]
) -> None:
    if entry.data_class > DataClass.II or actor.hat is Hat.GUARDIAN:
        return
    subject = next(((k, v) for k, v in kwargs.items() if hasattr(v, "hex")), (entry.name, None))
    record(
        actor=actor,
        action=f"read:{entry.name}",
        subject_type=subject[0],
        subject_id=subject[1],
        data_class=entry.data_class,
        details={key: str(value) for key, value in kwargs.items()},
    )


def _log_support(entry: Route, request: HttpRequest, actor: Actor) -> None:
    record(
        actor=actor,
        action=f"support:{request.method}:{entry.name}",
        subject_type="support_session",
        subject_id=actor.support_session_id,
        data_class=entry.data_class,
    )
