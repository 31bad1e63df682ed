"""Addresses of imports: the same steps at a school and at the board."""

from manabiya.apps.imports.policies import MANAGE
from manabiya.apps.imports.views import downloads, steps
from manabiya.kernel.access.routes import Area, Route, route

STEPS = (
    ("imports/", steps.overview, "imports"),
    ("imports/templates/<slug:template>/", downloads.template, "import-template"),
    ("imports/<uuid:run>/", steps.run, "import"),
    ("imports/<uuid:run>/columns/", steps.columns, "import-columns"),
    ("imports/<uuid:run>/decide/", steps.decide, "import-decide"),
    ("imports/<uuid:run>/apply/", steps.apply, "import-apply"),
    ("imports/<uuid:run>/discard/", steps.discard, "import-discard"),
    ("imports/<uuid:run>/result/", downloads.result, "import-result"),
)
ROUTES: tuple[Route, ...] = tuple(
    route(path, view, policy=MANAGE, name=f"{prefix}{name}", area=area)
    for area, prefix in ((Area.SCHOOL, ""), (Area.BOARD, "board-"))
    for path, view, name in STEPS
)
