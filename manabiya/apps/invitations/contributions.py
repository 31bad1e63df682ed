"""What invitations give the house."""

from manabiya.apps.invitations.jobs import excluded
from manabiya.apps.invitations.policies import ISSUE
from manabiya.apps.invitations.urls import ROUTES
from manabiya.apps.invitations.ways import ways
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import Contributions, MenuEntry, Subscription, Ways
from manabiya.roster.protection.events import PROTECTION_SET

CONTRIBUTIONS = Contributions(
    permissions=(ISSUE.permission,),
    routes=ROUTES,
    menu=(
        MenuEntry("invitations", "保護者の招待", "invitations", Area.SCHOOL, ISSUE, 30, "office"),
    ),
    subscriptions=(Subscription("invitations-excluded", PROTECTION_SET, excluded),),
    ways=(Ways("invitations", ways),),
    family_texts=(
        "forms.py",
        "services.py",
        "views/join.py",
    ),
)
