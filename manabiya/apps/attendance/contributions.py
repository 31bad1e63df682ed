"""What attendance gives the house."""

from manabiya.apps.attendance import policies
from manabiya.apps.attendance.board_settings import SECTIONS
from manabiya.apps.attendance.comparing import PROJECTION
from manabiya.apps.attendance.demo import tell
from manabiya.apps.attendance.events import CLASS_DAY_CHANGED
from manabiya.apps.attendance.evidence import EVIDENCE
from manabiya.apps.attendance.jobs import recount
from manabiya.apps.attendance.panels import history_panel
from manabiya.apps.attendance.queries.city import RECOUNT
from manabiya.apps.attendance.queries.hours import confirmed_among, hours_of
from manabiya.apps.attendance.setups import MORNING
from manabiya.apps.attendance.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, DemoChapter, MenuEntry, StudentPanel
from manabiya.kernel.registry.slots import Subscription
from manabiya.roster.calendar.events import DAY_CHANGED

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "attendance", "出欠", "attendance-homerooms", Area.SCHOOL, policies.MARK_VIEW, 20
        ),
        MenuEntry(
            "attendance-today",
            "学級",
            "attendance-homerooms",
            Area.SCHOOL,
            policies.MARK_VIEW,
            10,
            "attendance",
        ),
        MenuEntry(
            "attendance-pickups",
            "早退の迎え",
            "attendance-pickups",
            Area.SCHOOL,
            policies.PICKUP_HANDLE,
            40,
            "attendance",
        ),
        MenuEntry(
            "attendance-decisions",
            "停止・忌引",
            "attendance-decisions",
            Area.SCHOOL,
            policies.PERIOD_VIEW,
            45,
            "attendance",
        ),
        MenuEntry(
            "office-morning",
            "朝の設定",
            "attendance-settings",
            Area.SCHOOL,
            policies.SETTINGS_CHANGE,
            65,
            "office",
        ),
    ),
    student_panels=(
        StudentPanel(
            "attendance-history",
            "attendance/panel_history.html",
            policies.REGISTER_VIEW,
            history_panel,
            15,
        ),
    ),
    board_settings=SECTIONS,
    subscriptions=(
        Subscription(RECOUNT, CLASS_DAY_CHANGED, recount),
        Subscription("attendance-recount-changed-day", DAY_CHANGED, recount),
    ),
    projections=(PROJECTION,),
    hours=hours_of,
    confirmed_classes=confirmed_among,
    evidence=EVIDENCE,
    setups=(MORNING,),
    demo=(DemoChapter("attendance", 20, tell),),
    family_texts=(
        "diseases.py",
        "forms/report.py",
        "models/decisions.py",
        "models/reports.py",
        "services/reports.py",
        "services/report_changes.py",
        "services/refusals.py",
        "views/reports.py",
        "views/changes.py",
        "views/family.py",
    ),
)
