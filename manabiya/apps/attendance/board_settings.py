"""朝の時刻と目安 and 決定の委任 in 市の決まり."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.apps.attendance.forms.settings import SettingsForm
from manabiya.apps.attendance.models import DelegationPermit, MorningSettings
from manabiya.apps.attendance.policies import CITY_SETTINGS_CHANGE, DELEGATION_ALLOW
from manabiya.apps.attendance.queries.delegations import delegating_school_count, delegation_permit
from manabiya.apps.attendance.queries.settings import (
    LABELS,
    VALUES,
    deciding_school_count,
    morning_settings,
    value_word,
)
from manabiya.apps.attendance.services import AttendanceRefused
from manabiya.apps.attendance.services.delegations import (
    drop_delegation_permit,
    set_delegation_permit,
)
from manabiya.apps.attendance.services.settings import drop_morning, set_morning
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided, SettingsRefused, decided
from manabiya.roster.board_settings.forms import FromDayForm, yes_no


def _read_morning(*, actor: Actor, day: date) -> Decided:
    rows = MorningSettings.objects.filter(school_id=None)
    count = deciding_school_count(day)
    note = _("今日は、すべての学校がこの値です。")
    if count:
        note = _("今日は、%(n)s校が学校で決めた値です。ほかの学校が、この値になります。") % {
            "n": count
        }
    return decided(rows, MorningSettings(), words=_morning_words, day=day, notes=[note])


def _morning_words(row: MorningSettings) -> Iterable[tuple[str, str]]:
    return ((str(LABELS[name]), value_word(row, name)) for name in VALUES)


def _morning_form(*, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> SettingsForm:
    holds = morning_settings(None, day)
    initial = {"valid_from": day, **{name: getattr(holds, name) for name in VALUES}}
    return SettingsForm(posted, initial=initial)


def _save_morning(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    day: date = values["valid_from"]
    chosen = {name: values[name] for name in VALUES}
    try:
        set_morning(actor=actor, valid_from=day, values=chosen, now=now)
    except AttendanceRefused as refusal:
        raise SettingsRefused(str(refusal)) from refusal
    return day


def _drop_morning(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    try:
        begins: date = drop_morning(actor=actor, settings_id=row_id, now=now).valid_from
    except AttendanceRefused as refusal:
        raise SettingsRefused(str(refusal)) from refusal
    return begins


class DelegationPermitForm(FromDayForm):
    """From which day, and whether it is allowed."""

    allows_vice_principal = yes_no(gettext_lazy("校長が教頭に任せることを認める"))


def _read_permits(*, actor: Actor, day: date) -> Decided:
    count = delegating_school_count(day)
    note = _("教頭に任せると決めている学校は、%(n)s校です。") % {"n": count}
    rows = DelegationPermit.objects.all()
    return decided(rows, DelegationPermit(), words=_permit_words, day=day, notes=[note])


def _permit_words(row: DelegationPermit) -> Iterable[tuple[str, str]]:
    allowed = row.allows_vice_principal
    yield (
        _("教頭に任せること"),
        _("学校ごとに校長が決める") if allowed else _("認めない(校長が決める)"),
    )


def _permit_form(
    *, actor: Actor, day: date, posted: Mapping[str, Any] | None
) -> DelegationPermitForm:
    initial = {
        "valid_from": day,
        "allows_vice_principal": delegation_permit(day).allows_vice_principal,
    }
    return DelegationPermitForm(posted, initial=initial)


def _save_permit(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    begins: date = set_delegation_permit(actor=actor, now=now, **values).valid_from
    return begins


def _drop_permit(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_delegation_permit(actor=actor, row_id=row_id, now=now).valid_from
    return begins


SECTIONS = (
    BoardSettings(
        key="morning",
        label="朝の時刻と目安",
        lead="学校が自分で決めていない値になります。過ぎた日の設定は変わりません。",
        policy=CITY_SETTINGS_CHANGE,
        read=_read_morning,
        form=_morning_form,
        save=_save_morning,
        drop=_drop_morning,
        order=20,
    ),
    BoardSettings(
        key="delegation",
        label="出席停止・忌引などの決定",
        lead="校長が決めるのがもとの決まりです。教頭に任せてよいかを、日を選んで変えます。"
        "校長のいない学校では、これまでどおり教頭が決めます。",
        policy=DELEGATION_ALLOW,
        read=_read_permits,
        form=_permit_form,
        save=_save_permit,
        drop=_drop_permit,
        order=50,
    ),
)
