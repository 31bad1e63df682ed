"""Fields an app adds to each child of the class page, saved with it by the same confirmation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.http import QueryDict

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy


class FieldsRefused(Exception):
    """What was typed can't be saved as it is; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class PostedClass:
    """The class as a form says it: ``children`` in the order of their numbers in field names."""

    values: QueryDict
    children: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ChildFields:
    """What is shown of one child.

    ``said``: one line for the row, empty where there is nothing to say. ``is_open``: something
    typed would be lost if the panel were shut. ``context``: what the template of the panel needs.
    """

    said: str = ""
    is_open: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


class ReadFields(Protocol):
    """Return what is shown of each child, what was ``posted`` over what stands; one query."""

    def __call__(
        self,
        *,
        actor: Actor,
        homeroom_id: UUID,
        day: date,
        student_ids: Collection[UUID],
        posted: PostedClass | None,
    ) -> Mapping[UUID, ChildFields]: ...


class SaveFields(Protocol):
    """Save what was posted; return what was done in a sentence, an empty text for nothing.

    Raises :class:`FieldsRefused`, with nothing written. Without anything typed it asks nothing.
    """

    def __call__(
        self, *, actor: Actor, homeroom_id: UUID, day: date, posted: PostedClass, now: datetime
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class ClassFields:
    """Fields in the panel of each child of the class page, for holders of ``policy``.

    ``template`` is given ``n`` (the child's number, the end of every field name), ``seat`` and
    ``fields`` (a :class:`ChildFields`).
    """

    key: str
    policy: Policy
    template: str
    read: ReadFields
    save: SaveFields
    order: int = 100


def in_order(slots: Mapping[str, ClassFields], actor: Actor) -> list[ClassFields]:
    """Return the fields the actor may use anything of, in the order of the page."""
    return sorted(
        (fields for fields in slots.values() if fields.policy.may(actor)),
        key=lambda fields: (fields.order, fields.key),
    )
