"""What the statistics give the house."""

from manabiya.apps.attendance.events import DAY_COUNTED
from manabiya.apps.statistics import policies
from manabiya.apps.statistics.comparing import PROJECTION
from manabiya.apps.statistics.demo import tell
from manabiya.apps.statistics.events import LONG_ABSENCE_DECIDED
from manabiya.apps.statistics.jobs import recount_soon
from manabiya.apps.statistics.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry
from manabiya.kernel.registry.slots import Subscription

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "attendance-statistics", "統計", "statistics", Area.SCHOOL, policies.ILLNESS_VIEW,
            80, "attendance",
        ),
        MenuEntry(
            "board-statistics", "統計", "statistics-city", Area.BOARD, policies.CITY_VIEW, 30,
            "board-attendance",
        ),
    ),
    subscriptions=(
        Subscription("statistics-recount", DAY_COUNTED, recount_soon),
        Subscription("statistics-recount-cause", LONG_ABSENCE_DECIDED, recount_soon),
    ),
    projections=(PROJECTION,),
    demo=(DemoChapter("statistics", 60, tell),),
)  # fmt: skip
