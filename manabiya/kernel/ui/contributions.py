"""What the ui room gives the house."""

from manabiya.kernel.access.policies import PUBLIC
from manabiya.kernel.access.routes import route
from manabiya.kernel.registry import Contributions
from manabiya.kernel.ui import views

CONTRIBUTIONS = Contributions(
    routes=(
        route("language/", views.set_language, policy=PUBLIC, name="set-language"),
        route("sw.js", views.service_worker, policy=PUBLIC, name="service-worker"),
        route("manifest.webmanifest", views.manifest, policy=PUBLIC, name="manifest"),
        route("components/", views.gallery, policy=PUBLIC, name="components"),
    )
)
