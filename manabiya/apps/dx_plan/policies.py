"""Who writes the plan, who decides it, and who reads it."""

from manabiya.kernel.access.policies import Permission, Policy, Scope
from manabiya.roster.models import Post

BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}
STAFF = {str(post): Scope.SCHOOL for post in Post if not str(post).startswith("board")}

PLAN_VIEW = Policy(Permission("dx_plan.plan:view", "校務DX計画の案を見る"), BOARD)
PLAN_WRITE = Policy(Permission("dx_plan.plan:write", "校務DX計画の目標と施策を書く"), BOARD)
PLAN_DECIDE = Policy(
    Permission("dx_plan.plan:decide", "校務DX計画を決定する"),
    {"board_administrator": Scope.MUNICIPALITY},
)
PLAN_READ = Policy(Permission("dx_plan.plan:read", "決定した校務DX計画を読む"), STAFF)

ALL = (PLAN_VIEW, PLAN_WRITE, PLAN_DECIDE, PLAN_READ)
