"""Devices: a screen on a wall shows a page of its school, and nobody has logged in on it.

A device has no account, no hat and no grants, so no page of a person opens for it and no service
takes it for somebody. It shows class Ⅲ at most: a page that shows more refuses to start.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from manabiya.kernel.access.policies import Permission, Scope


@dataclass(frozen=True)
class Device:
    """A paired device in one request: which one, of which school; ``role``: a registered key."""

    id: UUID
    municipality_id: UUID
    school_id: UUID
    role: str


@dataclass(frozen=True)
class DevicePolicy:
    """A permission held by paired devices of one role; ``find`` tells who asks, None: nobody.

    ``find`` runs in the municipality of the address and must look at the request alone.
    """

    permission: Permission
    role: str
    find: Callable[[HttpRequest], Device | None] = field(compare=False)

    @property
    def holders(self) -> Mapping[str, Scope]:
        """Return the one role, as of a policy of people."""
        return {self.role: Scope.SCHOOL}

    def may(self, who: object) -> bool:
        """Return whether ``who`` is a device of the role; a person never is."""
        return isinstance(who, Device) and who.role == self.role
