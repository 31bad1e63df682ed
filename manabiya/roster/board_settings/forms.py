"""What every form of 市の決まり begins with: from which day. A form never saves."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

DAY_ERRORS = {
    "required": _("日を入れてください。"),
    "invalid": _("日を選びなおしてください。"),
}


class FromDayForm(forms.Form):
    """From which day on."""

    valid_from = forms.DateField(
        label=_("いつから"),
        error_messages=DAY_ERRORS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def next_month(day: date) -> date:
    """Return the first day of the month after ``day``'s."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def yes_no(label: Any) -> forms.TypedChoiceField:
    """Return a question answered はい or いいえ."""
    return forms.TypedChoiceField(
        label=label,
        choices=((True, _("はい")), (False, _("いいえ"))),
        coerce=lambda value: value in ("True", True),
        widget=forms.RadioSelect,
        error_messages={"required": _("どちらかを選んでください。")},
    )


def whole_number(label: Any, least: int, most: int) -> forms.IntegerField:
    """Return a count from ``least`` to ``most``."""
    said = {"least": least, "most": most}
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            "required": _("数を入れてください。"),
            "invalid": _("数を入れてください。"),
            "min_value": format_lazy(_("{least}から{most}までにしてください。"), **said),
            "max_value": format_lazy(_("{least}から{most}までにしてください。"), **said),
        },
    )
