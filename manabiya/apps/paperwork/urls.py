"""Addresses of the review of paperwork: of a school, of the board's own list, of the city."""

from manabiya.apps.paperwork import policies as may
from manabiya.apps.paperwork.views import catalog, city, own, partners, proposals, uses
from manabiya.kernel.access.routes import Area, Route, route

OWN = (
    ("", own.overview, may.USE_VIEW, "list"),
    ("common/", own.common, may.USE_KEEP, "common"),
    ("import/", own.upload, may.USE_KEEP, "import"),
    ("import/pattern/", own.pattern, may.USE_KEEP, "pattern"),
    ("file/<str:kind>/", city.own_file, may.USE_VIEW, "file"),
    ("use/<uuid:use>/", uses.use, may.USE_VIEW, "use"),
    ("use/<uuid:use>/decide/", uses.decide, may.USE_DECIDE, "decide"),
    ("use/<uuid:use>/done/", uses.done, may.USE_KEEP, "done"),
    ("use/<uuid:use>/reopen/", uses.reopen, may.USE_DECIDE, "reopen"),
    ("use/<uuid:use>/remove/", uses.remove, may.USE_KEEP, "remove"),
    ("partners/", partners.partners, may.PARTNER_KEEP, "partners"),
    ("partners/<uuid:partner>/", partners.partner, may.PARTNER_KEEP, "partner"),
)
"""The pages of a list, whose ever it is."""

CITY = (
    ("", city.city, may.CITY_VIEW, "city"),
    ("schools/", city.schools, may.CITY_VIEW, "schools"),
    ("overdue/", city.overdue, may.CITY_VIEW, "overdue"),
    ("beyond/", city.beyond, may.CITY_VIEW, "beyond"),
    ("papers/", catalog.papers, may.CATALOG_KEEP, "papers"),
    ("papers/<uuid:paper>/", catalog.paper, may.CITY_VIEW, "paper"),
    ("papers/<uuid:paper>/propose/", catalog.propose, may.PAPER_PROPOSE, "propose"),
    ("papers/<uuid:paper>/withdraw/", catalog.withdraw, may.PAPER_PROPOSE, "withdraw"),
    ("papers/<uuid:paper>/retire/", catalog.retire, may.CATALOG_KEEP, "retire"),
    ("table/<str:table>/<str:kind>/", city.city_file, may.CITY_VIEW, "table"),
)

SCHOOL = (
    ("proposals/", proposals.proposals, may.USE_DECIDE, "proposals"),
    ("proposals/<uuid:proposal>/answer/", proposals.answer, may.USE_DECIDE, "answer"),
    ("city/", city.sums, may.SUMS_VIEW, "sums"),
)

ROUTES: tuple[Route, ...] = (
    *(
        route(f"paperwork/{path}", view, policy=policy, name=f"paperwork-{name}", area=Area.SCHOOL)
        for path, view, policy, name in (*OWN, *SCHOOL)
    ),
    *(
        route(
            f"paperwork/own/{path}", view, policy=policy, name=f"board-paperwork-{name}",
            area=Area.BOARD,
        )
        for path, view, policy, name in OWN
    ),
    *(
        route(
            f"paperwork/{path}", view, policy=policy, name=f"board-paperwork-{name}",
            area=Area.BOARD,
        )
        for path, view, policy, name in CITY
    ),
)  # fmt: skip
