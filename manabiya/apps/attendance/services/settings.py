"""Decide the morning of a school or of the city from a day on; hand a school back to the city."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from manabiya.apps.attendance.models import MorningSettings
from manabiya.apps.attendance.policies import CITY_SETTINGS_CHANGE, SETTINGS_CHANGE
from manabiya.apps.attendance.queries.settings import VALUES, in_force
from manabiya.apps.attendance.services.refusals import AttendanceRefused
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service


@service
def set_morning(
    *, actor: Actor, valid_from: date, values: Mapping[str, Any], now: datetime
) -> MorningSettings:
    """Decide the morning of the actor's school, of the city at no school, from a day on.

    ``values``: one for each of :data:`VALUES`. A decision for the same day is replaced, one of an
    earlier day stays as it was. Raises ``Refused``, :class:`AttendanceRefused` (a day gone by, a
    value out of range).
    """
    _require(actor)
    _must_be_ahead(valid_from, now)
    row = _row_of(actor, valid_from)
    for name in VALUES:
        setattr(row, name, values[name])
    row.follows_city = False
    try:
        row.clean_fields(exclude=["municipality", "school"])
    except ValidationError as error:
        raise AttendanceRefused(" ".join(error.messages)) from error
    return _kept(actor, row, "set", now)


@service
def follow_city(*, actor: Actor, valid_from: date, now: datetime) -> MorningSettings:
    """End what the actor's school decided: from a day on the city's settings hold.

    Raises ``Refused``, :class:`AttendanceRefused` (a day gone by, nothing of its own to end).
    """
    SETTINGS_CHANGE.require(actor)
    _must_be_ahead(valid_from, now)
    own = list(MorningSettings.objects.filter(school_id=actor.at, valid_from__lte=valid_from))
    if in_force(own, actor.at, valid_from)._state.adding:
        raise AttendanceRefused(_("その日は、もう市の標準です。変えることはありません。"))
    row = _row_of(actor, valid_from)
    row.follows_city = True
    return _kept(actor, row, "follow-city", now)


@service
def drop_morning(*, actor: Actor, settings_id: UUID, now: datetime) -> MorningSettings:
    """Take back a decision of the actor's place that has not begun yet.

    Raises ``Refused``, ``Http404`` (another place's), :class:`AttendanceRefused` (it holds already).
    """
    _require(actor)
    policy = SETTINGS_CHANGE if actor.school_id else CITY_SETTINGS_CHANGE
    rows = MorningSettings.objects.select_for_update(of=("self",)).filter(school_id=actor.school_id)
    row = policy.get(actor, rows, pk=settings_id)
    if row.valid_from <= now.date():
        raise AttendanceRefused(
            _("もう始まっている設定は取り消せません。今日からの設定を新しく入れてください。")
        )
    _recorded(actor, row, "drop")
    row.delete()
    return row


def _require(actor: Actor) -> None:
    (SETTINGS_CHANGE if actor.school_id else CITY_SETTINGS_CHANGE).require(actor)


def _must_be_ahead(day: date, now: datetime) -> None:
    if day < now.date():
        raise AttendanceRefused(
            _("過ぎた日の設定は変えられません。今日か、これからの日を選んでください。")
        )


def _row_of(actor: Actor, day: date) -> MorningSettings:
    """Return the row of the place that begins on ``day``, locked, or a new one."""
    rows = MorningSettings.objects.select_for_update(of=("self",))
    found = rows.filter(school_id=actor.school_id, valid_from=day).first()
    return found or MorningSettings(school_id=actor.school_id, valid_from=day)


def _kept(actor: Actor, row: MorningSettings, verb: str, now: datetime) -> MorningSettings:
    row.set_by, row.set_at = actor.person_id, now
    row.save()
    _recorded(actor, row, verb)
    return row


def _recorded(actor: Actor, row: MorningSettings, verb: str) -> None:
    record(
        actor=actor,
        action=f"attendance.settings:{verb}",
        subject_type="morning_settings",
        subject_id=row.pk,
        data_class=DataClass.III,
        school_id=row.school_id,
        details={"valid_from": str(row.valid_from)}
        | {name: str(getattr(row, name)) for name in VALUES},
    )
