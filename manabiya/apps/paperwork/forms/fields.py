"""Fields the forms share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.law.era import parse_date

MOST = 1_000_000


def choices_of(known: dict[str, str], empty: Any = "") -> list[tuple[str, Any]]:
    """Return the choices of a select, with an empty one first where it has words."""
    return [*([("", empty)] if empty else []), *known.items()]


class DayField(forms.CharField):
    """A day as people write it: 令和9年3月31日, 2027/3/31, R9.3.31; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=_("例 令和9年3月31日、2027/3/31"),
            **kwargs,
        )

    def clean(self, value: Any) -> date | None:
        """Return the day, or say what is wrong with it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            reason = str(error).split(":")[0]
            raise forms.ValidationError(
                _("%(reason)s。令和9年3月31日 のように書いてください。"), params={"reason": reason}
            ) from error


def count_field() -> forms.IntegerField:
    """Return the field of a volume; empty: nobody knows."""
    return forms.IntegerField(
        label=_("量"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("数字で書いてください。わからないときは空けてください。"),
            "max_value": _("100万までの数で書いてください。"),
            "min_value": _("0以上の数で書いてください。"),
        },
    )


class VersionedForm(forms.Form):
    """A form that knows which version of its row it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False
