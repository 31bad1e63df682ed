"""Form fields of the roster: days in 和暦 or 西暦, phone numbers in any width."""

from datetime import date
from typing import Any

from django import forms

from manabiya.law.era import format_era, parse_date
from manabiya.law.input_text import phone_number


class DayField(forms.CharField):
    """A day, typed as 令和8年11月20日, R8.11.20 or 2026/11/20; cleaned to a date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        label = kwargs.get("label", "")
        kwargs.setdefault("error_messages", {"required": f"{label}を入れてください。"})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a date in 和暦."""
        return format_era(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Return the date, None when empty and not required."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_date(typed)
        except ValueError as error:
            reason = str(error).split(":")[0]
            raise forms.ValidationError(
                f"{reason}。入力は残っています。直してください。"
            ) from error


class PhoneField(forms.CharField):
    """A phone number in any width, with or without hyphens; empty is allowed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the number in half width."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return phone_number(typed)
        except ValueError as error:
            raise forms.ValidationError(f"{error}。直してください。") from error
