"""Addresses of the city for the board."""

from manabiya.apps.city.policies import CITY_VIEW, EXACT_VIEW
from manabiya.apps.city.views import export, pages
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, Route, View, route


def _board(path: str, view: View, policy: Policy, name: str) -> Route:
    return route(f"attendance/{path}", view, policy=policy, name=name, area=Area.BOARD)


ROUTES = (
    _board("", pages.today, CITY_VIEW, "city-today"),
    _board("infections/", pages.infections, CITY_VIEW, "city-infections"),
    _board("trend/", pages.trend, CITY_VIEW, "city-trend"),
    _board("share/", pages.share, CITY_VIEW, "city-share"),
    _board("share/table/", export.export, CITY_VIEW, "city-export"),
    _board("schools/<uuid:school_id>/", pages.school, EXACT_VIEW, "city-school"),
)
