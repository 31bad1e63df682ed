"""Addresses of 市の決まり and its word in the bar."""

from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.registry import MenuEntry
from manabiya.roster.board_settings import views
from manabiya.roster.board_settings.policies import SETTINGS_OPEN

ROUTES = (
    route(
        "settings/", views.overview, policy=SETTINGS_OPEN, name="board-settings", area=Area.BOARD
    ),
    route(
        "settings/<slug:section>/", views.section, policy=SETTINGS_OPEN,
        name="board-settings-section", area=Area.BOARD,
    ),
    route(
        "settings/<slug:section>/<uuid:decision>/drop/", views.drop, policy=SETTINGS_OPEN,
        name="board-settings-drop", area=Area.BOARD,
    ),
)  # fmt: skip
MENU = (
    MenuEntry("board-settings", "市の決まり", "board-settings", Area.BOARD, SETTINGS_OPEN, 50),
    MenuEntry(
        "board-settings-all", "決まり", "board-settings", Area.BOARD, SETTINGS_OPEN, 10,
        "board-settings",
    ),
)  # fmt: skip
