"""The registry: what apps give the house, in typed slots, closed after start-up.

An app joins by a module ``contributions.py`` with ``CONTRIBUTIONS = Contributions(…)``; no file
of the kernel or of another app is edited. Registering a name twice, or a menu entry or policy
with an unknown permission or role, raises at start.
"""

from manabiya.kernel.registry.class_fields import (
    ChildFields,
    ClassFields,
    FieldsRefused,
    PostedClass,
)
from manabiya.kernel.registry.evidence import Evidence, Share
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

__all__ = [
    "ChildFields",
    "ClassFields",
    "Contributions",
    "DaySeal",
    "DemoChapter",
    "Difference",
    "Evidence",
    "FieldsRefused",
    "MenuEntry",
    "Place",
    "PostedClass",
    "Projection",
    "Registry",
    "RegistryError",
    "Role",
    "Share",
    "StudentPanel",
    "Subscription",
    "Tile",
    "registry",
]
