"""When and why a child goes home; the button pressed is the reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.services.going_home import HOME_REASONS


class GoingHomeForm(forms.Form):
    """Time, a few words, and the reason."""

    left_at = forms.TimeField(
        label=_("学校を出る時刻"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": _("時刻を入れてください。"),
            "invalid": _("時刻を選びなおしてください。"),
        },
    )
    note = forms.CharField(
        label=_("ようす"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("200文字までで書いてください。")},
    )
    reason = forms.ChoiceField(
        choices=[(reason.value, reason.label) for reason in HOME_REASONS],
        error_messages={
            "required": _("具合を選んでください。"),
            "invalid_choice": _("具合を選んでください。"),
        },
    )
