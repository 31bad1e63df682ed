"""What the register gives the house."""

from manabiya.apps.register import policies
from manabiya.apps.register.board_settings import SECTION
from manabiya.apps.register.queries import sealed
from manabiya.apps.register.tiles import waiting_tile
from manabiya.apps.register.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DaySeal, MenuEntry, Tile

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "attendance-register",
            "月の締め",
            "register",
            Area.SCHOOL,
            policies.MONTH_VIEW,
            30,
            "attendance",
        ),
    ),
    board_settings=(SECTION,),
    tiles=(
        Tile(
            "register-waiting",
            Area.SCHOOL,
            "register/tile.html",
            policies.MONTH_CONFIRM,
            waiting_tile,
            30,
        ),
    ),
    day_seals=(DaySeal("register-month", sealed),),
)
