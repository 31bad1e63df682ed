"""The form of a change: the taps that led here, days, hours, why, and a word to the families."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.roster.calendar.rules import CLOSED, EARLY, INFECTION, WEATHER, Change
from manabiya.roster.models import DayChange

SCHOOL = "school"
GRADE = "grade-"


class DayChangeForm(forms.Form):
    """``for_whom``: ``school``, ``grade-2`` or the id of a class."""

    kind = forms.ChoiceField(choices=DayChange.Kind.choices, widget=forms.HiddenInput)
    minutes = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    for_whom = forms.CharField(widget=forms.HiddenInput)
    ends_at = forms.TimeField(
        label=_("終わる時刻"),
        required=False,
        widget=forms.TimeInput(attrs={"autocomplete": "off"}, format="%H:%M"),
        help_text=_("例 13:30"),
        error_messages={"invalid": _("時刻は 13:30 のように書いてください。")},
    )
    first = forms.DateField(label=_("いつから"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(
        label=_("いつまで"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    cause = forms.ChoiceField(
        label=_("わけ"), choices=DayChange.Cause.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("家庭への一言"),
        required=False,
        max_length=200,
        help_text=_("例 バスは10時に出ます。"),
    )

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Turn ``for_whom`` into grade and class."""
        values = super().clean() or {}
        try:
            values["scope"] = scope_of(values.get("for_whom", ""))
        except ValueError:
            self.add_error("for_whom", _("だれのことかを選びなおしてください。"))
        return values

    @property
    def change(self) -> Change:
        """Return what a valid form says."""
        said = self.cleaned_data
        grade_level, homeroom_id = said["scope"]
        is_early = said["kind"] == EARLY
        return Change(
            kind=said["kind"],
            first=said["first"],
            last=said["last"] or said["first"],
            grade_level=grade_level,
            homeroom_id=homeroom_id,
            minutes=said["minutes"] or 0 if said["kind"] not in (CLOSED, EARLY) else 0,
            ends_at=said["ends_at"] if is_early else None,
            cause=said["cause"],
            note=said["note"],
        )


def scope_of(text: str) -> tuple[int, UUID | None]:
    """Return grade and class of ``for_whom``; ``ValueError`` when it is neither."""
    if text == SCHOOL:
        return 0, None
    if text.startswith(GRADE):
        grade_level = int(text.removeprefix(GRADE))
        if not 1 <= grade_level <= 9:
            raise ValueError(text)
        return grade_level, None
    return 0, UUID(text)


def usual(kind: str, for_whom: str, today: date) -> dict[str, Any]:
    """Return what the form says before anybody wrote: today, and the likely reason."""
    is_part = kind == CLOSED and for_whom != SCHOOL
    return {"first": today, "last": today, "cause": INFECTION if is_part else WEATHER}
