"""長い欠席の知らせ in 市の決まり: from how many school days somebody is told."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.apps.morning.models import AbsenceSettings
from manabiya.apps.morning.policies import ABSENCE_SETTINGS_CHANGE
from manabiya.apps.morning.queries.absence_settings import absence_settings
from manabiya.apps.morning.services.absence_settings import (
    drop_absence_settings,
    set_absence_settings,
)
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided, decided
from manabiya.roster.board_settings.forms import FromDayForm, whole_number

NAMES = ("absent_days", "unseen_days", "long_absence_days")


class AbsenceSettingsForm(FromDayForm):
    """From which day, and from how many school days."""

    absent_days = whole_number(gettext_lazy("続けて欠席した日数"), 1, 60)
    unseen_days = whole_number(gettext_lazy("続けて学校に来ていない日数(理由を問わない)"), 1, 60)
    long_absence_days = whole_number(gettext_lazy("今年度あわせて休んだ日数"), 1, 200)


def _read(*, actor: Actor, day: date) -> Decided:
    rows = AbsenceSettings.objects.all()
    return decided(rows, AbsenceSettings(), words=_words, day=day)


def _words(row: AbsenceSettings) -> Iterable[tuple[str, str]]:
    labels = (_("続けて欠席"), _("続けて学校に来ていない"), _("今年度あわせて"))
    for label, name in zip(labels, NAMES, strict=True):
        yield label, _("%(n)s日から知らせる") % {"n": getattr(row, name)}


def _form(*, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> AbsenceSettingsForm:
    holds = absence_settings(day)
    initial = {"valid_from": day, **{name: getattr(holds, name) for name in NAMES}}
    return AbsenceSettingsForm(posted, initial=initial)


def _save(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    begins: date = set_absence_settings(actor=actor, now=now, **values).valid_from
    return begins


def _drop(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_absence_settings(actor=actor, row_id=row_id, now=now).valid_from
    return begins


SECTION = BoardSettings(
    key="absences",
    label="長い欠席の知らせ",
    lead="何日から学校に知らせるかを、日を選んで変えます。出席を確定した授業日だけを数えます。",
    policy=ABSENCE_SETTINGS_CHANGE,
    read=_read,
    form=_form,
    save=_save,
    drop=_drop,
    order=40,
)
