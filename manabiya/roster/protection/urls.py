"""Addresses of protection: of the school, and of the board without the opening of addresses."""

from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route
from manabiya.roster.protection.policies import ADDRESS_OPEN, PROTECTION_SET, PROTECTION_VIEW
from manabiya.roster.protection.views import contacts, deeds, lists

PAGES: tuple[tuple[str, View, Policy, str], ...] = (
    ("protection/", lists.protections, PROTECTION_VIEW, "protection"),
    ("protection/choose/", lists.choose, PROTECTION_SET, "protection-choose"),
    ("protection/set/<uuid:student>/", deeds.set_protection, PROTECTION_SET, "protection-set"),
    (
        "protection/<uuid:protection>/review/",
        deeds.review,
        PROTECTION_SET,
        "protection-review",
    ),
    ("protection/<uuid:protection>/end/", deeds.end, PROTECTION_SET, "protection-end"),
)


def _both(path: str, view: View, policy: Policy, name: str) -> tuple[Route, Route]:
    return (
        route(path, view, policy=policy, name=name, area=Area.SCHOOL),
        route(path, view, policy=policy, name=f"board-{name}", area=Area.BOARD),
    )


ROUTES = (
    *(entry for page in PAGES for entry in _both(*page)),
    route(
        "students/<uuid:student>/contacts/",
        contacts.contacts,
        policy=ADDRESS_OPEN,
        name="protection-contacts",
        area=Area.SCHOOL,
    ),
)
