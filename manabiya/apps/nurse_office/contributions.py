"""What the nurse's office gives the house."""

from manabiya.apps.nurse_office import policies
from manabiya.apps.nurse_office.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "attendance-health", "保健", "nurse-board", Area.SCHOOL, policies.BOARD_VIEW, 60,
            "attendance",
        ),
        MenuEntry(
            "attendance-health-book", "健康観察簿", "health-book-home", Area.SCHOOL,
            policies.BOOK_VIEW, 70, "attendance",
        ),
    ),
)  # fmt: skip
