"""What founding gives the house."""

from manabiya.apps.founding.policies import INVITE, REPLACE
from manabiya.apps.founding.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=(INVITE.permission, REPLACE.permission),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "staff-logins", "教職員のログイン", "staff-logins", Area.SCHOOL, INVITE, 35, "office"
        ),
        MenuEntry(
            "board-staff-logins",
            "教職員のログイン",
            "board-staff-logins",
            Area.BOARD,
            INVITE,
            25,
            "board-roster",
        ),
    ),
)
