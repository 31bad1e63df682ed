"""The fields other apps add to each child of the class page: shown, and saved with the marks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from manabiya.apps.attendance import services
from manabiya.apps.attendance.forms import ClassForm
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import ChildFields, PostedClass, registry
from manabiya.kernel.registry.class_fields import in_order


@dataclass(frozen=True, slots=True)
class FieldsOnLine:
    """One app's fields of one child, with the template that shows them."""

    template: str
    fields: ChildFields


def read_fields(
    *,
    actor: Actor,
    homeroom_id: UUID,
    day: date,
    student_ids: Collection[UUID],
    posted: PostedClass | None,
) -> dict[UUID, list[FieldsOnLine]]:
    """Return child → its fields, app by app (one query for each app)."""
    found: dict[UUID, list[FieldsOnLine]] = {student_id: [] for student_id in student_ids}
    for slot in in_order(registry.class_fields, actor):
        shown = slot.read(
            actor=actor, homeroom_id=homeroom_id, day=day, student_ids=student_ids, posted=posted
        )
        for student_id, fields in shown.items():
            found[student_id].append(FieldsOnLine(slot.template, fields))
    return found


@dataclass(frozen=True, slots=True)
class Saved:
    """What one press of the button wrote: the class day, and what each app did in a sentence."""

    day: services.Confirmed
    said: tuple[str, ...]


def save_class(
    *, actor: Actor, homeroom_id: UUID, day: date, form: ClassForm, posted: PostedClass,
    now: datetime,
) -> Saved:  # fmt: skip
    """Save marks and fields of a class, all or nothing.

    Raises what :func:`.services.confirm_day` raises, and ``FieldsRefused``.
    """
    with transaction.atomic():
        done = services.confirm_day(
            actor=actor,
            homeroom_id=homeroom_id,
            day=day,
            entries=form.entries,
            settled=form.settled,
            now=now,
        )
        said = [
            slot.save(actor=actor, homeroom_id=homeroom_id, day=day, posted=posted, now=now)
            for slot in in_order(registry.class_fields, actor)
        ]
    return Saved(done, tuple(filter(None, said)))
