"""Who writes, publishes, reads, follows and recommends practices. All of class Ⅲ: no child in them."""

from manabiya.kernel.access.policies import Permission, Policy, Scope
from manabiya.roster.models import Post

STAFF = {str(post): Scope.SCHOOL for post in Post if not str(post).startswith("board")}
LEADERS = {
    "principal": Scope.SCHOOL,
    "vice_principal": Scope.SCHOOL,
    "academic_affairs_head": Scope.SCHOOL,
    "office_staff": Scope.SCHOOL,
}
BOARD = {"board_officer": Scope.MUNICIPALITY, "board_administrator": Scope.MUNICIPALITY}

PRACTICE_READ = Policy(Permission("practices.practice:read", "先行事例を読む"), STAFF)
PRACTICE_WRITE = Policy(Permission("practices.practice:write", "先行事例を書く"), LEADERS)
PRACTICE_PUBLISH = Policy(
    Permission("practices.practice:publish", "先行事例を公開する"), {"principal": Scope.SCHOOL}
)
PRACTICE_FOLLOW = Policy(Permission("practices.practice:follow", "先行事例に取り組む"), LEADERS)
PRACTICE_OVERSEE = Policy(
    Permission("practices.practice:recommend", "先行事例を見わたし、すすめる"), BOARD
)

ALL = (PRACTICE_READ, PRACTICE_WRITE, PRACTICE_PUBLISH, PRACTICE_FOLLOW, PRACTICE_OVERSEE)
