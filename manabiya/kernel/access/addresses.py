"""Addresses inside the municipality and school of the request."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def here(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """Return the address of route ``name`` in the municipality and school of the request."""
    match = request.resolver_match
    place = {k: v for k, v in (match.kwargs if match else {}).items() if k in PLACE}
    from manabiya.kernel.registry import registry

    area = registry.routes[name].area.value
    needed = {k: v for k, v in place.items() if f":{k}>" in area}
    return reverse(name, kwargs={**needed, **kwargs})


PLACE = ("municipality", "school")
