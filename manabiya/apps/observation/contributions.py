"""What 健康観察 gives the house."""

from manabiya.apps.observation import class_fields, policies
from manabiya.apps.observation.demo import tell
from manabiya.kernel.registry import ClassFields, Contributions, DemoChapter

CONTRIBUTIONS = Contributions(
    permissions=tuple(policy.permission for policy in policies.ALL),
    class_fields=(
        ClassFields(
            "observation",
            policies.OBSERVATION_NOTE,
            "observation/_class_fields.html",
            class_fields.read,
            class_fields.save,
            10,
        ),
    ),
    demo=(DemoChapter("observation", 25, tell),),
)
