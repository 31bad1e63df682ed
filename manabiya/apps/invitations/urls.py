"""Addresses of invitations."""

from manabiya.apps.invitations.policies import ISSUE
from manabiya.apps.invitations.views import issue, join
from manabiya.kernel.access.policies import PUBLIC
from manabiya.kernel.access.routes import Area, route

ROUTES = (
    route("join/", join.start, policy=PUBLIC, name="join"),
    route("join/choose/", join.choose, policy=PUBLIC, name="join-choose"),
    route("join/<slug:code>/", join.code, policy=PUBLIC, name="join-code"),
    route("invitations/", issue.overview, policy=ISSUE, name="invitations", area=Area.SCHOOL),
    route(
        "invitations/issue/", issue.issue, policy=ISSUE, name="invitations-issue", area=Area.SCHOOL
    ),
)
