"""What the access room gives the house."""

from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.access.support import views
from manabiya.kernel.access.support.policies import SUPPORT_LIST, SUPPORT_OPEN
from manabiya.kernel.registry import Contributions, MenuEntry, Role

CONTRIBUTIONS = Contributions(
    permissions=(SUPPORT_OPEN.permission, SUPPORT_LIST.permission),
    roles=(Role("board_support", "教育委員会 支援"),),
    routes=(
        route("support/", views.support, policy=SUPPORT_OPEN, name="support", area=Area.BOARD),
        route(
            "support/<uuid:session>/end/",
            views.end,
            policy=SUPPORT_OPEN,
            name="support-end",
            area=Area.BOARD,
        ),
        route(
            "support-visits/",
            views.visits,
            policy=SUPPORT_LIST,
            name="support-visits",
            area=Area.SCHOOL,
        ),
    ),
    menu=(
        MenuEntry("support", "学校の支援", "support", Area.BOARD, SUPPORT_OPEN, 60),
        MenuEntry(
            "office-support",
            "支援の記録",
            "support-visits",
            Area.SCHOOL,
            SUPPORT_LIST,
            50,
            "office",
        ),
    ),
)
