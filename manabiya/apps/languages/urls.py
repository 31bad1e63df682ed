"""Addresses of 家庭のことば."""

from manabiya.apps.languages import views
from manabiya.apps.languages.policies import LANGUAGE_SWITCH
from manabiya.kernel.access.routes import Area, route

ROUTES = (
    route(
        "languages/", views.languages, policy=LANGUAGE_SWITCH, name="board-languages",
        area=Area.BOARD,
    ),
)  # fmt: skip
