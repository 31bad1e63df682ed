"""First of all middleware: answers the three addresses, measures and logs every other request."""

import hmac
import ipaddress
import logging
import secrets
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import sync_only_middleware

from manabiya.kernel.health.checks import readiness
from manabiya.kernel.health.counters import Counters, counters_of
from manabiya.kernel.health.logs import request_id, route_of
from manabiya.kernel.health.metrics import CONTENT_TYPE, metrics

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("manabiya.request")
RELAYED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip",
           "Via")  # fmt: skip


@sync_only_middleware
def watch(get_response: GetResponse) -> GetResponse:
    """Answer ``/health/live/``, ``/health/ready/`` and ``/metrics/``; watch the rest."""
    counters = counters_of(settings.MANABIYA_DATA_DIR / "metrics")
    answers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "/health/live/": lambda request: HttpResponse("ok", content_type="text/plain"),
        "/health/ready/": _ready,
        "/metrics/": lambda request: _metrics(request, counters),
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is not None:
            response = answer(request)
            response.headers["Cache-Control"] = "no-store"
            return response
        return _watched(request, get_response, counters)

    return middleware


def _watched(request: HttpRequest, get_response: GetResponse, counters: Counters) -> HttpResponse:
    start, token = perf_counter(), request_id.set(secrets.token_hex(8))
    try:
        response = get_response(request)
        seconds = perf_counter() - start
        route = "static" if request.path_info.startswith(settings.STATIC_URL) else route_of(request)
        method = request.method if request.method in ("GET", "HEAD", "POST") else "other"
        counters.observe(
            route=route, method=str(method), status=response.status_code, seconds=seconds
        )
        response.headers["X-Request-Id"] = request_id.get()
        logger.info("request", extra=_facts(request, response, route, seconds))
        return response
    finally:
        request_id.reset(token)


def _facts(
    request: HttpRequest, response: HttpResponse, route: str, seconds: float
) -> dict[str, object]:
    """Return what the log may know of a request: ids and names of routes."""
    actor = getattr(request, "actor", None)
    municipality = getattr(request, "municipality", None)
    facts: dict[str, object] = {
        "route": route,
        "method": request.method,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    if actor is not None:
        facts["account"] = str(actor.account_id)
    if municipality is not None:
        facts["municipality"] = str(municipality.id)
    return facts


def _ready(request: HttpRequest) -> HttpResponse:
    found = readiness()
    return JsonResponse(found.plain(), status=200 if found.is_ready else 503)


def _metrics(request: HttpRequest, counters: Counters) -> HttpResponse:
    if not _may_see_metrics(request):
        return HttpResponse(status=404)
    return HttpResponse(metrics(counters), content_type=CONTENT_TYPE)


def _may_see_metrics(request: HttpRequest) -> bool:
    """Return whether somebody on this machine asks, or somebody with the token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    try:
        is_near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        is_near = False
    return is_near and not any(name in request.headers for name in RELAYED)
