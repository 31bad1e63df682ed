"""What the site itself gives the house: the button of the demo's clock."""

from manabiya.kernel.access.policies import AUTHENTICATED, DataClass, Permission
from manabiya.kernel.access.routes import route
from manabiya.kernel.registry import Contributions
from manabiya.site.clock.views import move_on

CONTRIBUTIONS = Contributions(
    permissions=(Permission("demo.clock:move", "試し用の時計を進める", DataClass.IV),),
    routes=(
        route("demo/<slug:municipality>/clock/", move_on, policy=AUTHENTICATED, name="demo-clock"),
    ),
)
