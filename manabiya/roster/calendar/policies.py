"""Who changes the school's days, and who reads what was changed."""

from manabiya.kernel.access.policies import Permission, Policy
from manabiya.roster.policies import EVERYBODY_AT_SCHOOL, MANAGERS

DAY_CHANGE_SET = Policy(
    Permission("roster.day-change:set", "休校・学級閉鎖・始業の繰下げを決める"), dict(MANAGERS)
)
DAY_CHANGE_VIEW = Policy(
    Permission("roster.day-change:view", "授業日の変更を見る"), dict(EVERYBODY_AT_SCHOOL)
)

ALL = (DAY_CHANGE_SET, DAY_CHANGE_VIEW)
