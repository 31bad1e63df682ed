"""Forms of joining."""

from datetime import date

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from manabiya.law.era import parse_date


class CodeForm(forms.Form):
    """The twelve letters of a paper."""

    code = forms.CharField(
        label=_("紙の文字"),
        max_length=30,
        error_messages={"required": _("紙の文字を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class BirthDateForm(forms.Form):
    """The child's birth date, in 和暦 or 西暦."""

    birth_date = forms.CharField(
        label=_("お子さんの生年月日"),
        max_length=30,
        error_messages={"required": _("お子さんの生年月日を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_birth_date(self) -> date:
        """Return the date, or say what is wrong with it."""
        try:
            return parse_date(self.cleaned_data["birth_date"])
        except ValueError as error:
            reason = str(error).split(":")[0]
            raise forms.ValidationError(
                _("%(reason)s。入力は残っています。直してください。"), params={"reason": reason}
            ) from error


class PasswordForm(forms.Form):
    """A password the guardian chooses."""

    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        error_messages={"required": _("パスワードを入れてください。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Return the password when it is good enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
