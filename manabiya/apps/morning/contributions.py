"""What the staff room gives the house."""

from manabiya.apps.morning import policies
from manabiya.apps.morning.board_settings import SECTION
from manabiya.apps.morning.tiles import school_tile
from manabiya.apps.morning.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry, Tile

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    board_settings=(SECTION,),
    menu=(
        MenuEntry(
            "morning-staff-room",
            "職員室",
            "morning-staff-room",
            Area.SCHOOL,
            policies.CASE_HANDLE,
            20,
            "attendance",
        ),
        MenuEntry(
            "morning-phone",
            "電話の連絡",
            "morning-phone",
            Area.SCHOOL,
            policies.PHONE_OPEN,
            30,
            "attendance",
        ),
        MenuEntry(
            "morning-absences",
            "長い欠席",
            "morning-absences",
            Area.SCHOOL,
            policies.ABSENCE_WATCH,
            50,
            "attendance",
        ),
        MenuEntry(
            "morning-lunch",
            "給食の数",
            "morning-lunch",
            Area.SCHOOL,
            policies.LUNCH_VIEW,
            80,
            "attendance",
        ),
        MenuEntry(
            "morning-backup",
            "朝の控え",
            "morning-backup",
            Area.SCHOOL,
            policies.BACKUP_MAKE,
            90,
            "attendance",
        ),
    ),
    tiles=(
        Tile(
            "morning",
            Area.SCHOOL,
            "morning/tile_school.html",
            policies.BOARD_OPEN,
            school_tile,
            10,
        ),
    ),
)
