"""Who pairs and revokes devices, and what a paired device may show (class Ⅲ only)."""

from manabiya.apps.monitor.wall import ROLE, find_wall
from manabiya.kernel.access.devices import DevicePolicy
from manabiya.kernel.access.policies import Permission, Policy, Scope

MONITOR_MANAGE = Policy(
    Permission("monitor.device:manage", "職員室モニターをつなぐ・止める"),
    {
        "office_staff": Scope.SCHOOL,
        "vice_principal": Scope.SCHOOL,
        "principal": Scope.SCHOOL,
    },
)
MONITOR_SHOW = DevicePolicy(Permission("monitor.board:show", "職員室の画面を出す"), ROLE, find_wall)

ALL = (MONITOR_MANAGE, MONITOR_SHOW)
