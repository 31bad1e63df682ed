"""What class papers give the house."""

from manabiya.apps.class_papers import policies
from manabiya.apps.class_papers.panels import photo_panel
from manabiya.apps.class_papers.urls import ROUTES
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry, StudentPanel

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    routes=ROUTES,
    menu=(
        MenuEntry(
            "students-papers",
            "名簿・名札を作る",
            "class-papers",
            Area.SCHOOL,
            policies.LIST_PRINT,
            20,
            "students",
        ),
        MenuEntry(
            "students-photos",
            "写真名簿",
            "class-photos-home",
            Area.SCHOOL,
            policies.PHOTO_VIEW,
            30,
            "students",
        ),
    ),
    student_panels=(
        StudentPanel(
            "photo", "class_papers/panel_photo.html", policies.PHOTO_VIEW, photo_panel, 10
        ),
    ),
)
