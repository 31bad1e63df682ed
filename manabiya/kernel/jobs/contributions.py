"""What the jobs room gives the house."""

from manabiya.kernel.access.routes import Area, route
from manabiya.kernel.jobs import views
from manabiya.kernel.jobs.policies import JOBS_RETRY, JOBS_VIEW
from manabiya.kernel.registry import Contributions, MenuEntry

CONTRIBUTIONS = Contributions(
    permissions=(JOBS_VIEW.permission, JOBS_RETRY.permission),
    routes=(
        route("jobs/", views.failed, policy=JOBS_VIEW, name="jobs-failures", area=Area.BOARD),
        route(
            "jobs/<int:job>/retry/",
            views.retry,
            policy=JOBS_RETRY,
            name="jobs-retry",
            area=Area.BOARD,
        ),
    ),
    menu=(MenuEntry("jobs", "裏の仕事", "jobs-failures", Area.BOARD, JOBS_VIEW, 20, "audit"),),
)
