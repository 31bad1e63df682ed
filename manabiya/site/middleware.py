"""One transaction around the whole request, the hat it wears, and what refusals look like."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.decorators import sync_only_middleware

from manabiya.kernel import clock
from manabiya.kernel.access.hats import actor_for
from manabiya.kernel.access.policies import Refused
from manabiya.kernel.access.requests import Request
from manabiya.kernel.audit.record import record
from manabiya.kernel.identity.addresses import comes_from_proxy
from manabiya.kernel.tenancy.models import Municipality, tenant_at
from manabiya.kernel.tenancy.scope import tenant
from manabiya.kernel.ui import errors

GetResponse = Callable[[Request], HttpResponse]


@sync_only_middleware
def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Allow scripts, styles, pictures and fonts of our own origin only; nothing inline."""
    policy = (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


@sync_only_middleware
def proxies(get_response: GetResponse) -> GetResponse:
    """Believe in ``X-Forwarded-Proto`` only when a trusted proxy says it."""

    def middleware(request: Request) -> HttpResponse:
        if not comes_from_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return middleware


class StreamedResponse(RuntimeError):
    """A streamed response outlives the transaction it would read from."""


@sync_only_middleware
def transaction_of_request(get_response: GetResponse) -> GetResponse:
    """Hold one transaction around the request and its rendering, in the address's municipality."""

    def middleware(request: Request) -> HttpResponse:
        slug = _slug(request)
        with tenant_at(slug) if slug else transaction.atomic() as municipality:
            _place(request, slug, municipality)
            response = get_response(request)
            if response.status_code >= 500 or request.must_roll_back:
                transaction.set_rollback(True)
        _log_refusal(request)
        if response.streaming and not getattr(response, "opens_own_tenant", False):
            raise StreamedResponse(request.path)
        return response

    return middleware


def _slug(request: Request) -> str:
    """Return the municipality the address names, or an empty text."""
    try:
        return resolve(request.path_info).kwargs.get("municipality", "")
    except Resolver404:
        return ""


def _place(request: Request, slug: str, municipality: Municipality | None) -> None:
    """Tell the request where and when it is."""
    request.municipality = municipality  # type: ignore[assignment]  # None: no policy opens
    request.unknown_municipality = bool(slug) and municipality is None
    request.must_roll_back = False
    request.now = clock.school_now(municipality) if municipality else clock.real_now()
    request.today = request.now.date()


@sync_only_middleware
def hat_of_request(get_response: GetResponse) -> GetResponse:
    """Put on the hat the address names, after checking it against the account's memberships."""

    def middleware(request: Request) -> HttpResponse:
        request.actor = None  # type: ignore[assignment]  # nobody yet
        return get_response(request)

    def process_view(
        request: Request,
        view: Callable[..., HttpResponse],
        args: object,
        kwargs: dict[str, str],
    ) -> None:
        if getattr(request, "unknown_municipality", False):
            raise Http404
        if request.municipality is None:
            return
        area = view.route.area  # type: ignore[attr-defined]
        if area.hat is not None and request.user.is_authenticated:
            found = actor_for(request, area=area, school_slug=kwargs.get("school"))
            request.actor = found  # type: ignore[assignment]  # the guard answers 404 to None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


@sync_only_middleware
def refusals(get_response: GetResponse) -> GetResponse:
    """Take back what a refused request wrote; show 403 with who can; remember the refusal."""

    def middleware(request: Request) -> HttpResponse:
        return get_response(request)

    def process_exception(request: Request, error: Exception) -> HttpResponse | None:
        request.must_roll_back = True
        if isinstance(error, Refused):
            request.refused_permission = error.permission
            return errors.permission_denied(request, error)
        return None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _log_refusal(request: Request) -> None:
    """Record a refused deed in a transaction of its own: the request's was rolled back."""
    permission = getattr(request, "refused_permission", None)
    if permission is not None and request.municipality is not None:
        with tenant(request.municipality.id):
            record(
                actor=request.actor,
                action=f"refused:{permission.name}",
                data_class=permission.data_class,
            )
