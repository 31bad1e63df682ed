"""What the review of paperwork gives the house."""

from manabiya.apps.paperwork import policies
from manabiya.apps.paperwork.demo import tell
from manabiya.apps.paperwork.evidence import EVIDENCE
from manabiya.apps.paperwork.obstacles import OBSTACLES
from manabiya.apps.paperwork.urls import ROUTES
from manabiya.apps.paperwork.ways import ways
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry, Ways

WORDS = "業務・帳票の見直し"

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "office-paperwork",
            WORDS,
            "paperwork-list",
            Area.SCHOOL,
            policies.USE_VIEW,
            45,
            "office",
        ),
        MenuEntry(
            "board-paperwork",
            WORDS,
            "board-paperwork-city",
            Area.BOARD,
            policies.CITY_VIEW,
            20,
            "board-checklist",
        ),
    ),
    evidence=EVIDENCE,
    obstacles=OBSTACLES,
    ways=(Ways("paperwork", ways),),
    demo=(DemoChapter("paperwork", 60, tell),),
)
