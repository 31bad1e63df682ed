"""The address table: every route the apps contributed, and nothing else."""

from django.urls import URLPattern, URLResolver

from manabiya.kernel.registry import registry
from manabiya.kernel.registry.store import discover

discover()
urlpatterns: list[URLPattern | URLResolver] = [
    *(route.pattern() for route in registry.routes.values()),
]

handler403 = "manabiya.kernel.ui.errors.permission_denied"
handler404 = "manabiya.kernel.ui.errors.page_not_found"
handler500 = "manabiya.kernel.ui.errors.server_error"
