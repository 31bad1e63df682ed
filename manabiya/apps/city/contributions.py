"""What the city for the board gives the house."""

from manabiya.apps.city import policies
from manabiya.apps.city.tiles import board_tile
from manabiya.apps.city.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry, Tile

SECTION = "board-attendance"


def _tab(key: str, label: str, route: str, order: int) -> MenuEntry:
    return MenuEntry(key, label, route, Area.BOARD, policies.CITY_VIEW, order, SECTION)


CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(SECTION, "出欠", "city-today", Area.BOARD, policies.CITY_VIEW, 30),
        _tab("board-attendance-today", "今日の数", "city-today", 10),
        _tab("board-attendance-infections", "感染症", "city-infections", 12),
        _tab("board-attendance-trend", "動き", "city-trend", 14),
        _tab("board-attendance-share", "共有・印刷", "city-share", 16),
    ),
    tiles=(
        Tile(
            "board-attendance",
            Area.BOARD,
            "city/tile_board.html",
            policies.CITY_VIEW,
            board_tile,
            10,
        ),
    ),
)
