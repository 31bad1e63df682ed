"""What 健康観察 gives the house."""

from manabiya.apps.observation import policies
from manabiya.apps.observation.demo import tell
from manabiya.kernel.registry import Contributions, DemoChapter

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    demo=(DemoChapter("observation", 25, tell),),
)
