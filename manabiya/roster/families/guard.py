"""Nobody who is excluded from a protected child gets a right for it (支援措置).

The database refuses such a row whoever writes it; here the refusal is told in words, and a
person who is entered anew under the same name is stopped before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from manabiya.kernel.access.actors import Actor
from manabiya.roster.families import rules
from manabiya.roster.families.services.refusals import FamilyRefused
from manabiya.roster.models import ExcludedPerson
from manabiya.roster.protection.policies import PROTECTION_VIEW

CONSTRAINT = "guardian_right_of_excluded"


def refusal(actor: Actor) -> FamilyRefused:
    """Return the refusal; only who may see protection reads why."""
    if PROTECTION_VIEW.may(actor):
        return FamilyRefused(
            "支援措置でこのお子さんから遠ざけている人です。権利は付けられません。"
            "事情が変わったときは、先に支援措置を見直してください。"
        )
    return FamilyRefused("この人には権利を付けられません。先に管理職に確かめてください。")


@contextmanager
def guarded(actor: Actor) -> Iterator[None]:
    """Turn the database's refusal of an excluded person into :class:`FamilyRefused`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != CONSTRAINT:
            raise
        raise refusal(actor) from error


def refuse_excluded(actor: Actor, student_id: UUID, *, guardian_id: UUID | None, name: str) -> None:
    """Raise :class:`FamilyRefused` when the person, or somebody of that name, is excluded."""
    rows = ExcludedPerson.objects.filter(
        protection__ended_on=None, protection__student_id=student_id
    )
    for person in rows.select_related("guardian"):
        known = person.guardian.name if person.guardian else person.name
        if person.guardian_id == guardian_id is not None or rules.is_same_name(known, name):
            raise refusal(actor)
