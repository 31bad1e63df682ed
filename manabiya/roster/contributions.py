"""What the roster gives the house."""

from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import (
    Contributions,
    DemoChapter,
    MenuEntry,
    Role,
    StudentPanel,
    Tile,
)
from manabiya.roster import policies
from manabiya.roster.board_settings import policies as board_settings
from manabiya.roster.board_settings.cutoffs import SECTION as CUTOFF_SECTION
from manabiya.roster.board_settings.school_cutoffs import SECTION as SCHOOL_CUTOFF_SECTION
from manabiya.roster.board_settings.urls import MENU as BOARD_SETTINGS_MENU
from manabiya.roster.board_settings.urls import ROUTES as BOARD_SETTINGS_ROUTES
from manabiya.roster.board_settings.years import SECTIONS as YEAR_SECTIONS
from manabiya.roster.calendar import policies as calendar
from manabiya.roster.calendar.urls import MENU as CALENDAR_MENU
from manabiya.roster.calendar.urls import ROUTES as CALENDAR_ROUTES
from manabiya.roster.calendar.urls import TILES as CALENDAR_TILES
from manabiya.roster.demo import tell
from manabiya.roster.enrolling import policies as enrolling
from manabiya.roster.enrolling.urls import MENU as ENROLLING_MENU
from manabiya.roster.enrolling.urls import ROUTES as ENROLLING_ROUTES
from manabiya.roster.enrolling.urls import TILES as ENROLLING_TILES
from manabiya.roster.families import policies as families
from manabiya.roster.families.urls import PANELS as FAMILY_PANELS
from manabiya.roster.families.urls import ROUTES as FAMILY_ROUTES
from manabiya.roster.models import Post
from manabiya.roster.protection import policies as protection
from manabiya.roster.protection.tiles import review_tile, student_panel
from manabiya.roster.protection.urls import ROUTES as PROTECTION_ROUTES
from manabiya.roster.queries import names_of
from manabiya.roster.queries.schools import places
from manabiya.roster.rights import rights_of
from manabiya.roster.urls import ROUTES

CONTRIBUTIONS = Contributions(
    permissions=tuple(
        policy.permission
        for policy in (
            *policies.ALL,
            *protection.ALL,
            *families.ALL,
            *enrolling.ALL,
            *calendar.ALL,
            *board_settings.ALL,
        )
    ),
    roles=(
        *(Role(post.value, str(post.label)) for post in Post),
        Role("cover", "今日の代理"),
        Role("guardian", "保護者"),
    ),
    routes=(
        *ROUTES,
        *PROTECTION_ROUTES,
        *FAMILY_ROUTES,
        *ENROLLING_ROUTES,
        *CALENDAR_ROUTES,
        *BOARD_SETTINGS_ROUTES,
    ),
    menu=(
        MenuEntry("today", "今日", "school-today", Area.SCHOOL, policies.SCHOOL_HOME, 10),
        MenuEntry("students", "名簿", "roster-students", Area.SCHOOL, policies.STUDENT_VIEW, 30),
        MenuEntry(
            "students-list",
            "児童生徒",
            "roster-students",
            Area.SCHOOL,
            policies.STUDENT_VIEW,
            10,
            "students",
        ),
        MenuEntry("office", "学校運営", "roster-staff", Area.SCHOOL, policies.STAFF_VIEW, 70),
        MenuEntry(
            "office-staff", "教職員", "roster-staff", Area.SCHOOL, policies.STAFF_VIEW, 10, "office"
        ),
        MenuEntry(
            "office-cover",
            "今日の代理",
            "roster-cover",
            Area.SCHOOL,
            policies.COVER_NAME,
            20,
            "office",
        ),
        MenuEntry(
            "office-school", "学校", "roster-school", Area.SCHOOL, policies.STAFF_VIEW, 15, "office"
        ),
        MenuEntry(
            "board-staff",
            "これからの職",
            "board-staff-coming",
            Area.BOARD,
            policies.STAFF_COMING_VIEW,
            20,
            "board-roster",
        ),
        MenuEntry(
            "office-protection",
            "支援措置",
            "protection",
            Area.SCHOOL,
            protection.PROTECTION_VIEW,
            40,
            "office",
        ),
        MenuEntry(
            "board-protection",
            "支援措置",
            "board-protection",
            Area.BOARD,
            protection.PROTECTION_VIEW,
            30,
            "board-roster",
        ),
        *ENROLLING_MENU,
        *CALENDAR_MENU,
        *BOARD_SETTINGS_MENU,
        MenuEntry("board-today", "今日", "board-today", Area.BOARD, policies.BOARD_HOME, 10),
    ),
    tiles=(
        *CALENDAR_TILES,
        *ENROLLING_TILES,
        *(
            Tile(
                key,
                area,
                "roster/protection/tile.html",
                protection.PROTECTION_VIEW,
                review_tile,
                20,
            )
            for key, area in (("protection", Area.SCHOOL), ("board-protection", Area.BOARD))
        ),
    ),
    student_panels=(
        StudentPanel(
            "protection",
            "roster/protection/panel.html",
            policies.STUDENT_FAMILY_VIEW,
            student_panel,
            5,
        ),
        *FAMILY_PANELS,
    ),
    board_settings=(CUTOFF_SECTION, SCHOOL_CUTOFF_SECTION, *YEAR_SECTIONS),
    demo=(DemoChapter("roster", 10, tell),),
    rights_source=rights_of,
    names_of=names_of,
    places=places,
)
