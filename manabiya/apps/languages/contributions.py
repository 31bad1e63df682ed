"""What 家庭のことば gives the house."""

from manabiya.apps.languages.policies import LANGUAGE_SWITCH
from manabiya.apps.languages.queries import language_switches
from manabiya.apps.languages.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=(LANGUAGE_SWITCH.permission,),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "board-languages", "家庭のことば", "board-languages", Area.BOARD, LANGUAGE_SWITCH, 40,
            "board-settings",
        ),
    ),
    language_switches=language_switches,
)  # fmt: skip
