"""What the plan gives the house."""

from manabiya.apps.dx_plan import policies
from manabiya.apps.dx_plan.demo import tell
from manabiya.apps.dx_plan.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry

WORDS = "校務DX計画"

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "board-dx-plan",
            WORDS,
            "board-dx-plans",
            Area.BOARD,
            policies.PLAN_VIEW,
            17,
            "board-checklist",
        ),
        MenuEntry(
            "office-dx-plan", WORDS, "dx-plan", Area.SCHOOL, policies.PLAN_READ, 62, "office"
        ),
    ),
    demo=(DemoChapter("dx_plan", 70, tell),),
)
