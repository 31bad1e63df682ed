"""Opens the house: collects the contributions of every app, refuses unguarded routes."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class SiteConfig(AppConfig):
    name = "manabiya.site"
    label = "manabiya_site"
    verbose_name = "学び舎"

    def ready(self) -> None:
        from manabiya.kernel.registry.store import discover

        discover()
        register(check_routes)


def check_routes(**kwargs: Any) -> list[CheckMessage]:
    """Refuse to start when an address has no policy."""
    from django.urls import get_resolver

    from manabiya.kernel.access.routes import unguarded

    return [
        Error(f"address {address!r} has no policy", id="manabiya.E001")
        for address in unguarded(get_resolver().url_patterns)
    ]
