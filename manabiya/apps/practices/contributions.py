"""What practices give the house."""

from manabiya.apps.practices import policies
from manabiya.apps.practices.demo import tell
from manabiya.apps.practices.queries import ways
from manabiya.apps.practices.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry, Ways

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry("practices", "先行事例", "practices", Area.SCHOOL, policies.PRACTICE_READ, 80),
        MenuEntry(
            "board-practices",
            "先行事例",
            "board-practices",
            Area.BOARD,
            policies.PRACTICE_OVERSEE,
            60,
            "board-checklist",
        ),
    ),
    ways=(Ways("practices", ways),),
    demo=(DemoChapter("practices", 60, tell),),
)
