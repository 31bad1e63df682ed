"""Setups: a setting of the product that one school may copy from another.

An app offers it; who shows it (a practice of another school) knows no app by name. The app's own
service and policy write it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from manabiya.kernel.access.actors import Actor


class SetupRefused(Exception):
    """The app did not copy its setting; the message says why."""


class Lines(Protocol):
    """Return label and value, in words, of what holds at a school on a day."""

    def __call__(self, school_id: UUID, day: date) -> list[tuple[str, str]]: ...


class Copy(Protocol):
    """Write what holds at ``from_school`` today for the actor's school, from today on.

    Raises ``Refused``, :class:`SetupRefused`.
    """

    def __call__(self, *, actor: Actor, from_school: UUID, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Setup:
    """A setting that can be copied: its name, what it says at a school, how it is copied."""

    key: str
    label: str
    lines: Lines = field(compare=False)
    copy: Copy = field(compare=False)
