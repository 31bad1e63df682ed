"""What the ui room gives the house."""

from manabiya.kernel.access.policies import PUBLIC, Permission, Policy, Scope
from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.registry import Contributions
from manabiya.kernel.ui import views

LANGUAGE_CHOOSE = Policy(
    Permission("ui.language:choose", "家庭の画面のことばを選ぶ"), {"guardian": Scope.OWN}
)
CONTRIBUTIONS = Contributions(
    permissions=(LANGUAGE_CHOOSE.permission,),
    routes=(
        route("language/", views.set_language, policy=PUBLIC, name="set-language"),
        route(
            "language/", views.set_family_language, policy=LANGUAGE_CHOOSE,
            name="family-language", area=Area.FAMILY,
        ),
        route("sw.js", views.service_worker, policy=PUBLIC, name="service-worker"),
        route("manifest.webmanifest", views.manifest, policy=PUBLIC, name="manifest"),
        route("components/", views.gallery, policy=PUBLIC, name="components"),
    ),
    family_texts=("languages.py",),
)  # fmt: skip
