"""The form of the first login."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{3,39}")


class FirstLoginForm(forms.Form):
    """A login name and a password one chooses oneself."""

    login_name = forms.CharField(
        label=_("ログイン名"),
        max_length=40,
        error_messages={"required": _("ログイン名を入れてください。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("パスワード"),
        strip=False,
        error_messages={"required": _("パスワードを入れてください。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("パスワード(もう一度)"),
        strip=False,
        error_messages={"required": _("パスワードをもう一度入れてください。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_login_name(self) -> str:
        """Return it in small letters, or say what is wrong."""
        name: str = self.cleaned_data["login_name"].strip().lower()
        if not LOGIN_NAME.fullmatch(name):
            raise forms.ValidationError(
                _("ログイン名は、半角の英数字・点・ハイフンで4文字から40文字です。")
            )
        return name

    def clean_password(self) -> str:
        """Return the password when it is good enough."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean_again(self) -> str:
        """Return it when both are the same."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("二つのパスワードがちがいます。"))
        return again
