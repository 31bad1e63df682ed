"""The registry: what apps give the house, in typed slots, closed after start-up.

An app joins by a module ``contributions.py`` with ``CONTRIBUTIONS = Contributions(…)``; no file
of the kernel or of another app is edited. Registering a name twice, or a menu entry or policy
with an unknown permission or role, raises at start.
"""

from manabiya.kernel.registry.board_settings import (
    BoardSettings,
    Decided,
    SettingsRefused,
    decided,
)
from manabiya.kernel.registry.class_fields import (
    ChildFields,
    ClassFields,
    FieldsRefused,
    PostedClass,
)
from manabiya.kernel.registry.evidence import Evidence, Share
from manabiya.kernel.registry.obstacles import Obstacle, Obstacles
from manabiya.kernel.registry.setups import Setup, SetupRefused
from manabiya.kernel.registry.slots import (
    Contributions,
    DaySeal,
    DemoChapter,
    Difference,
    MenuEntry,
    Place,
    Projection,
    Role,
    StudentPanel,
    Subscription,
    Tile,
)
from manabiya.kernel.registry.store import Registry, RegistryError, registry
from manabiya.kernel.registry.ways import Way, Ways

__all__ = [
    "BoardSettings",
    "ChildFields",
    "ClassFields",
    "Contributions",
    "DaySeal",
    "Decided",
    "DemoChapter",
    "Difference",
    "Evidence",
    "FieldsRefused",
    "MenuEntry",
    "Obstacle",
    "Obstacles",
    "Place",
    "PostedClass",
    "Projection",
    "Registry",
    "RegistryError",
    "Role",
    "SettingsRefused",
    "Setup",
    "SetupRefused",
    "Share",
    "StudentPanel",
    "Subscription",
    "Tile",
    "Way",
    "Ways",
    "decided",
    "registry",
]
