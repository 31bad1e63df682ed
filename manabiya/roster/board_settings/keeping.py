"""What every decision of the board needs: ahead of now, locked, kept with who and when, taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.kernel.audit.record import record
from manabiya.kernel.registry import SettingsRefused
from manabiya.roster.models.decision import BoardDecision

Row = TypeVar("Row", bound=BoardDecision)


def must_be_ahead(day: date, now: datetime) -> None:
    """Raise :class:`SettingsRefused` for a day gone by."""
    if day < now.date():
        raise SettingsRefused(
            _("過ぎた日からは決められません。今日か、これからの日を選んでください。")
        )


def keep(actor: Actor, row: Row, values: Mapping[str, Any], now: datetime, *, action: str) -> Row:
    """Keep ``values`` in ``row`` with its one audit entry; one of the same day is replaced.

    Raises :class:`SettingsRefused` for a value out of range, and where somebody else decided for the
    same day at the same moment.
    """
    model = type(row)
    found = model._default_manager.select_for_update().filter(**_place(row)).first()
    kept: Row = found or row
    for name, value in values.items():
        setattr(kept, name, value)
    kept.set_by, kept.set_at = actor.person_id, now
    try:
        kept.clean_fields(exclude=["municipality"])
        kept.clean()
    except ValidationError as error:
        raise SettingsRefused(" ".join(error.messages)) from error
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise SettingsRefused(
            _(
                "同じ日からの決まりを、ほかの人がいま入れました。画面を開きなおして確かめてください。"
            )
        ) from None
    _recorded(actor, kept, action, values)
    return kept


def take_back(
    actor: Actor, model: type[Row], row_id: UUID, now: datetime, *, policy: Policy, action: str
) -> Row:
    """Delete what has not begun yet; raises ``Http404``, :class:`SettingsRefused`."""
    row: Row = policy.get(actor, model._default_manager.select_for_update(), pk=row_id)
    if row.valid_from <= now.date():
        raise SettingsRefused(
            _("もう始まっている決まりは取り消せません。新しい決まりを、日を選んで入れてください。")
        )
    _recorded(actor, row, action, {})
    row.delete()
    return row


def _place(row: BoardDecision) -> dict[str, Any]:
    """Return what makes a decision the same one: its day, and what else its table says."""
    names = getattr(row, "decided_for", ())
    return {"valid_from": row.valid_from, **{name: getattr(row, name) for name in names}}


def _recorded(actor: Actor, row: BoardDecision, action: str, values: Mapping[str, Any]) -> None:
    said = {
        name: value if isinstance(value, dict) else str(value) for name, value in values.items()
    }
    record(
        actor=actor,
        action=action,
        subject_type=row._meta.model_name or "",
        subject_id=row.pk,
        details={"valid_from": row.valid_from.isoformat(), **said},
    )
