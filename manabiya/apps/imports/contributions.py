"""What imports give the house."""

from manabiya.apps.imports.policies import MANAGE
from manabiya.apps.imports.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=(MANAGE.permission,),
    routes=ROUTES,
    menu=(
        MenuEntry("imports", "名簿の取り込み", "imports", Area.SCHOOL, MANAGE, 35, "office"),
        MenuEntry(
            "board-imports",
            "名簿の取り込み",
            "board-imports",
            Area.BOARD,
            MANAGE,
            40,
            "board-roster",
        ),
    ),
)
