"""The name of a new device, and the code typed on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.monitor.tokens import DIGITS, plain


class NameForm(forms.Form):
    """Where the screen hangs."""

    name = forms.CharField(
        label=_("置き場所"),
        max_length=30,
        error_messages={"required": _("置き場所を書いてください。")},
    )


class CodeForm(forms.Form):
    """Eight digits, in any width and grouping."""

    code = forms.CharField(
        label=_("番号"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("番号を打ってください。")},
    )

    def clean_code(self) -> str:
        """Return the digits; refuse what is no code at all."""
        code = plain(self.cleaned_data["code"])
        if len(code) != DIGITS:
            raise forms.ValidationError(_("番号は数字8けたです。"))
        return code
