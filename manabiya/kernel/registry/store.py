"""The registry itself: collects contributions once, checks them, closes."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID

from django.apps import apps

from manabiya.kernel.access.actors import RightsSource
from manabiya.kernel.access.devices import DevicePolicy
from manabiya.kernel.access.policies import Permission, Policy
from manabiya.kernel.access.routes import Route
from manabiya.kernel.registry.board_settings import BoardSettings
from manabiya.kernel.registry.class_fields import ClassFields
from manabiya.kernel.registry.evidence import Evidence
from manabiya.kernel.registry.obstacles import Obstacles
from manabiya.kernel.registry.setups import Setup
from manabiya.kernel.registry.slots import (
    ConfirmedClasses,
    Contributions,
    DaySeal,
    DemoChapter,
    Hours,
    LanguageSwitches,
    MenuEntry,
    NamesOf,
    Places,
    Projection,
    Role,
    StudentPanel,
    Subscription,
    Tile,
)
from manabiya.kernel.registry.ways import Ways

SINGLE = ("rights_source", "names_of", "places", "hours", "confirmed_classes", "language_switches")
"""Slots that one app fills for all."""


class RegistryError(RuntimeError):
    """Something was registered twice, too late, or with an unknown name."""


class Registry:
    """What all apps gave the house. Filled by :meth:`add`, checked and closed by :meth:`close`."""

    def __init__(self) -> None:
        self.permissions: dict[str, Permission] = {}
        self.roles: dict[str, Role] = {}
        self.routes: dict[str, Route] = {}
        self.menu: dict[str, MenuEntry] = {}
        self.tiles: dict[str, Tile] = {}
        self.student_panels: dict[str, StudentPanel] = {}
        self.class_fields: dict[str, ClassFields] = {}
        self.board_settings: dict[str, BoardSettings] = {}
        self.day_seals: dict[str, DaySeal] = {}
        self.evidence: dict[str, Evidence] = {}
        self.setups: dict[str, Setup] = {}
        self.ways: dict[str, Ways] = {}
        self.obstacles: dict[str, Obstacles] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.projections: dict[str, Projection] = {}
        self.demo: dict[str, DemoChapter] = {}
        self.family_files: list[Path] = []
        self.rights_source: RightsSource | None = None
        self.names_of: NamesOf | None = None
        self.places: Places | None = None
        self.hours: Hours | None = None
        self.confirmed_classes: ConfirmedClasses | None = None
        self.language_switches: LanguageSwitches | None = None
        self.is_closed = False

    def add(self, contributions: Contributions, folder: Path = Path()) -> None:
        """Register the contributions of one app that lies in ``folder``."""
        if self.is_closed:
            raise RegistryError("the registry is closed after start-up")
        for slot, key in (
            ("permissions", "name"),
            ("roles", "key"),
            ("routes", "name"),
            ("menu", "key"),
            ("tiles", "key"),
            ("student_panels", "key"),
            ("class_fields", "key"),
            ("board_settings", "key"),
            ("day_seals", "key"),
            ("evidence", "key"),
            ("setups", "key"),
            ("ways", "key"),
            ("obstacles", "key"),
            ("subscriptions", "name"),
            ("projections", "key"),
            ("demo", "key"),
        ):
            _put(getattr(self, slot), slot, getattr(contributions, slot), key)
        self.family_files += [folder / name for name in contributions.family_texts]
        for single in SINGLE:
            given = getattr(contributions, single)
            if given is not None:
                if getattr(self, single) is not None:
                    raise RegistryError(f"a second {single}")
                setattr(self, single, given)

    def close(self) -> None:
        """Check every name that one contribution takes from another, then close."""
        for file in self.family_files:
            if not file.is_file():
                raise RegistryError(f"family_texts: no file {file.name}")
        for name, route in self.routes.items():
            if isinstance(route.policy, Policy | DevicePolicy):
                self._check_policy(f"route {name}", route.policy)
        for key, policy in [
            *((key, entry.policy) for key, entry in self.menu.items()),
            *((key, tile.policy) for key, tile in self.tiles.items()),
            *((key, panel.policy) for key, panel in self.student_panels.items()),
            *((key, fields.policy) for key, fields in self.class_fields.items()),
            *((key, section.policy) for key, section in self.board_settings.items()),
        ]:
            self._check_policy(f"entry {key}", policy)
        for item in self.menu.values():
            if item.route not in self.routes:
                raise RegistryError(f"menu {item.key}: unknown route {item.route}")
            if item.section and item.section not in self.menu:
                raise RegistryError(f"menu {item.key}: unknown section {item.section}")
        self.is_closed = True

    def why_sealed(self, *, homeroom_id: UUID, day: date) -> str:
        """Return why a class's day can't be changed any more; empty when it can."""
        said = (seal.sealed(homeroom_id=homeroom_id, day=day) for seal in self.day_seals.values())
        return next((words for words in said if words), "")

    def role_label(self, key: str) -> str:
        """Return the Japanese label of a role."""
        return self.roles[key].label

    def _check_policy(self, where: str, policy: Policy | DevicePolicy) -> None:
        if self.permissions.get(policy.permission.name) != policy.permission:
            raise RegistryError(f"{where}: unknown permission {policy.permission.name}")
        for role in policy.holders:
            if role not in self.roles:
                raise RegistryError(f"{where}: unknown role {role}")


def _put(shelf: dict[str, object], slot: str, items: Iterable[object], key: str) -> None:
    for item in items:
        name = getattr(item, key)
        if name in shelf:
            raise RegistryError(f"{slot}: {name} registered twice")
        shelf[name] = item


registry = Registry()


def discover() -> None:
    """Import ``contributions.py`` of every installed app that has one, then close the registry."""
    if registry.is_closed:
        return
    for config in apps.get_app_configs():
        name = f"{config.name}.contributions"
        if find_spec(name) is not None:
            registry.add(import_module(name).CONTRIBUTIONS, Path(config.path))
    registry.close()
