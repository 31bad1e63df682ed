"""出席簿 in 市の決まり: marks and their legend, 男女 counts, who may confirm."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.apps.register.document import DEFAULT_SYMBOLS, MEANINGS, legend
from manabiya.apps.register.models import RegisterSettings
from manabiya.apps.register.policies import SETTINGS_CHANGE
from manabiya.apps.register.queries import register_settings
from manabiya.apps.register.services.settings import drop_register_settings, set_register
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided, decided
from manabiya.roster.board_settings.forms import FromDayForm, next_month, yes_no

MARK = "mark_"


class RegisterSettingsForm(FromDayForm):
    """From which month, one mark for each meaning, the counts and the delegation."""

    counts_by_sex = yes_no(gettext_lazy("在籍を男女別にも数える"))
    delegates_confirmation = yes_no(gettext_lazy("校長の確認を教頭に任せる"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = _("月の1日。締めた月より後です。")
        for code, meaning in MEANINGS.items():
            self.fields[f"{MARK}{code}"] = forms.CharField(
                label=_("%(meaning)sの記号") % {"meaning": meaning},
                max_length=2,
                widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
                error_messages={
                    "required": _("記号を入れてください。"),
                    "max_length": _("1字か2字にしてください。"),
                },
            )


def _read(*, actor: Actor, day: date) -> Decided:
    rows = RegisterSettings.objects.all()
    return decided(rows, RegisterSettings(), words=_words, day=day)


def _words(row: RegisterSettings) -> Iterable[tuple[str, str]]:
    marks = legend({**DEFAULT_SYMBOLS, **row.symbols})
    yield _("記号と凡例"), "、".join(f"{mark}={meaning}" for mark, meaning in marks)
    yield _("在籍"), _("男女別にも数える") if row.counts_by_sex else _("男女を分けずに数える")
    yield (
        _("締めた月の確認"),
        (_("校長か、教頭") if row.delegates_confirmation else _("校長(いないときは教頭)")),
    )


def _form(*, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> RegisterSettingsForm:
    holds = register_settings(day)
    marks = {**DEFAULT_SYMBOLS, **holds.symbols}
    initial = {
        "valid_from": next_month(day),
        "counts_by_sex": holds.counts_by_sex,
        "delegates_confirmation": holds.delegates_confirmation,
        **{f"{MARK}{code}": marks[code] for code in MEANINGS},
    }
    return RegisterSettingsForm(posted, initial=initial)


def _save(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    row = set_register(
        actor=actor,
        valid_from=values["valid_from"],
        symbols={code: values[f"{MARK}{code}"] for code in MEANINGS},
        counts_by_sex=values["counts_by_sex"],
        delegates_confirmation=values["delegates_confirmation"],
        now=now,
    )
    begins: date = row.valid_from
    return begins


def _drop(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_register_settings(actor=actor, row_id=row_id, now=now).valid_from
    return begins


SECTION = BoardSettings(
    key="register",
    label="出席簿",
    lead="出席簿の記号と凡例、男女の数、締めた月の確認を、月の1日から変えます。"
    "締めた月の出席簿は変わりません。",
    policy=SETTINGS_CHANGE,
    read=_read,
    form=_form,
    save=_save,
    drop=_drop,
    order=30,
)
