"""The place an actor writes for, its lines, and the entries every write leaves behind."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from manabiya.apps.paperwork.models import CatalogPaper, PaperUse, PaperUseChange
from manabiya.apps.paperwork.services.fields import UseFields
from manabiya.apps.paperwork.services.refusals import PaperworkRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.audit.record import record
from manabiya.kernel.identity.models import Hat


def place_of(actor: Actor) -> UUID | None:
    """Return the school the actor writes for, None for the board; 404 for anybody else."""
    if actor.school_id is None and actor.hat is not Hat.BOARD:
        raise Http404
    return actor.school_id


def locked_use(actor: Actor, policy: Policy, use_id: UUID, version: int) -> PaperUse:
    """Return a line of the actor's own place, locked, as it was when the form was opened.

    Raises ``Refused``, ``Http404``, :class:`PaperworkRefused` when somebody else was first.
    """
    policy.require(actor)
    rows = PaperUse.objects.filter(school_id=place_of(actor), removed_at=None)
    use = policy.get(actor, rows.select_for_update(no_key=True), pk=use_id)
    if use.version != version:
        raise PaperworkRefused(
            _("ほかの人が先に書き直しました。いまの内容を見て、もう一度お試しください。")
        )
    return use


def saved(use: PaperUse, fields: Iterable[str]) -> None:
    """Save what changed and count the version up; a name twice is refused."""
    use.version += 1
    with named_once():
        use.save(update_fields=[*fields, "version"])


@contextmanager
def named_once() -> Iterator[None]:
    """Turn a name that is there already into a refusal (a savepoint around the write)."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "_once" not in str(error):
            raise
        raise PaperworkRefused(
            _("同じ名前のものがもうあります。一覧を確かめてください。")
        ) from error


def catalog_id(entry: UseFields) -> UUID | None:
    """Return the common paper a line is one of, by name and kind."""
    facts = entry.facts()
    papers = CatalogPaper.objects.filter(name=facts["name"], kind=facts["kind"], retired_at=None)
    found: UUID | None = papers.values_list("id", flat=True).first()
    return found


def noted(
    use: PaperUse,
    deed: str,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    day: date | None = None,
) -> PaperUseChange:
    """Return the step of a line, not yet saved."""
    return PaperUseChange(
        use_id=use.id,
        deed=deed,
        decision=use.decision,
        reason=reason,
        day=day,
        changed_by_id=actor.person_id,
        changed_at=now,
    )


def recorded(actor: Actor, action: str, noun: str, id: UUID | None, **details: Any) -> None:
    """Leave the audit entry of a write: ids and counts only."""
    count = int(details.pop("count", 1))
    record(
        actor=actor, action=action, subject_type=noun, subject_id=id, subject_count=count,
        details={key: str(value) for key, value in details.items()},
    )  # fmt: skip
