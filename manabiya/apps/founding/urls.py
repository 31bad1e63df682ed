"""Addresses: the same pages at a school and at the board, and the way in."""

from manabiya.apps.founding import views
from manabiya.apps.founding.policies import INVITE
from manabiya.kernel.access.policies import PUBLIC
from manabiya.kernel.access.routes import Area, route

ROUTES = (
    route("welcome/<slug:code>/", views.welcome, policy=PUBLIC, name="staff-welcome"),
    *(
        route(f"staff-logins/{path}", view, policy=INVITE, name=f"{prefix}{name}", area=area)
        for area, prefix in ((Area.SCHOOL, ""), (Area.BOARD, "board-"))
        for path, view, name in (
            ("", views.overview, "staff-logins"),
            ("issue/", views.issue, "staff-logins-issue"),
        )
    ),
)
