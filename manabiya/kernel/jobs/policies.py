"""Who may see and retry failed jobs."""

from manabiya.kernel.access.policies import Permission, Policy, Scope

JOBS_VIEW = Policy(
    Permission("jobs.failure:view", "失敗した裏の仕事を見る"),
    {"board_administrator": Scope.MUNICIPALITY},
)
JOBS_RETRY = Policy(
    Permission("jobs.failure:retry", "失敗した裏の仕事をやり直す"),
    {"board_administrator": Scope.MUNICIPALITY},
)
