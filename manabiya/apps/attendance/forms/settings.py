"""The morning of a school or of the city, from a day on. A form never saves."""

from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.models import MorningSettings
from manabiya.apps.attendance.queries import SETTINGS_VALUES

YES_NO = ((True, _("はい")), (False, _("いいえ")))


class DayForm(forms.Form):
    """From which day."""

    valid_from = forms.DateField(
        label=_("いつから"),
        error_messages={
            "required": _("日を入れてください。"),
            "invalid": _("日を選びなおしてください。"),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class SettingsForm(DayForm):
    """Every value of the morning and the day it begins; labels and limits are the table's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in fields_for_model(MorningSettings, fields=SETTINGS_VALUES).items():
            self.fields[name] = _field(field)
            limits = MorningSettings._meta.get_field(name).validators  # type: ignore[union-attr]
            self.fields[name].validators = list(limits)


def _field(field: Any) -> Any:
    if isinstance(field, forms.BooleanField):
        return forms.TypedChoiceField(
            label=field.label,
            choices=YES_NO,
            coerce=lambda value: value in ("True", True),
            widget=forms.RadioSelect,
            error_messages={"required": _("どちらかを選んでください。")},
        )
    if isinstance(field, forms.TimeField):
        field.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        field.error_messages |= {
            "required": _("時刻を入れてください。"),
            "invalid": _("時刻を選びなおしてください。"),
        }
    else:
        field.error_messages |= {
            "required": _("数を入れてください。"),
            "invalid": _("数を入れてください。"),
        }
    return field
