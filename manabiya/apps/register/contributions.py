"""What the register gives the house."""

from manabiya.apps.register import policies
from manabiya.apps.register.queries import sealed
from manabiya.kernel.registry import Contributions, DaySeal

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    day_seals=(DaySeal("register-month", sealed),),
)
