"""What the monitor gives the house."""

from manabiya.apps.monitor import policies
from manabiya.apps.monitor.urls import ROUTES
from manabiya.apps.monitor.wall import ROLE
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry, Role

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    roles=(Role(ROLE, "職員室モニター"),),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "office-monitors",
            "職員室の画面",
            "monitors",
            Area.SCHOOL,
            policies.MONITOR_MANAGE,
            60,
            "office",
        ),
    ),
)
