"""What the checklist gives the house."""

from manabiya.apps.checklist import policies
from manabiya.apps.checklist.demo import tell
from manabiya.apps.checklist.demo_claims import tell_claims
from manabiya.apps.checklist.tiles import school_tile
from manabiya.apps.checklist.urls import ROUTES
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry, Tile


def _tab(key: str, label: str, route: str, policy: Policy, order: int) -> MenuEntry:
    return MenuEntry(
        f"board-checklist-{key}", label, route, Area.BOARD, policy, order, "board-checklist"
    )


CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "board-checklist", "校務DX", "board-checklist", Area.BOARD, policies.CITY_VIEW, 40
        ),
        _tab("city", "市の一覧", "board-checklist", policies.CITY_VIEW, 10),
        _tab("plan", "計画の表", "board-checklist-plan", policies.CITY_VIEW, 15),
        _tab("rounds", "年度の動き", "board-checklist-rounds", policies.CITY_VIEW, 16),
        _tab("progress", "学校の回答", "board-checklist-progress", policies.CITY_VIEW, 30),
        _tab("own", "教育委員会の回答", "board-checklist-own", policies.BOARD_ANSWER, 40),
        _tab("sets", "設問", "board-checklist-sets", policies.ROUND_MANAGE, 50),
        MenuEntry(
            "office-checklist",
            "校務DXチェックリスト",
            "checklist",
            Area.SCHOOL,
            policies.SHEET_VIEW,
            60,
            "office",
        ),
    ),
    tiles=(
        Tile(
            "checklist",
            Area.SCHOOL,
            "checklist/tile.html",
            policies.SHEET_ANSWER,
            school_tile,
            80,
        ),
    ),
    demo=(
        DemoChapter("checklist", 60, tell),
        DemoChapter("checklist-claims", 61, tell_claims),
    ),
)
