"""Addresses of families, all below a student of the school, and the panels on its page."""

from manabiya.kernel.access.policies import Policy
from manabiya.kernel.access.routes import Area, View, route
from manabiya.kernel.registry import StudentPanel
from manabiya.roster.families import panels, views
from manabiya.roster.families.policies import AUTHORITY_SET, FAMILY_CHANGE
from manabiya.roster.policies import STUDENT_FAMILY_VIEW

PAGES: tuple[tuple[str, View, Policy, str], ...] = (
    ("guardians/add/", views.add, FAMILY_CHANGE, "roster-guardian-add"),
    ("guardians/self/", views.add_self, FAMILY_CHANGE, "roster-guardian-self"),
    ("guardians/<uuid:right>/", views.change, FAMILY_CHANGE, "roster-guardian"),
    ("guardians/<uuid:right>/phones/", views.phones, FAMILY_CHANGE, "roster-guardian-phones"),
    ("guardians/<uuid:right>/end/", views.end, FAMILY_CHANGE, "roster-guardian-end"),
    ("authority/", views.authority, AUTHORITY_SET, "roster-authority"),
)
ROUTES = tuple(
    route(f"students/<uuid:student>/{path}", view, policy=policy, name=name, area=Area.SCHOOL)
    for path, view, policy, name in PAGES
)
PANELS = tuple(
    StudentPanel(key, f"roster/families/panel_{key}.html", policy, build, order)
    for key, policy, build, order in (
        ("authority", AUTHORITY_SET, panels.authority, 10),
        ("siblings", STUDENT_FAMILY_VIEW, panels.siblings, 20),
        ("addresses", STUDENT_FAMILY_VIEW, panels.addresses, 30),
        ("names", STUDENT_FAMILY_VIEW, panels.names, 40),
        ("history", STUDENT_FAMILY_VIEW, panels.history, 50),
    )
)
