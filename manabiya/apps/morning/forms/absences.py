"""What somebody writes who has looked into an alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.morning.models import AbsenceDismissal


class DismissForm(forms.Form):
    """Which alert, and what was found out."""

    kind = forms.ChoiceField(choices=AbsenceDismissal.Kind.choices)
    since = forms.DateField(input_formats=["%Y-%m-%d"])
    reason = forms.CharField(
        label=_("確かめたこと"),
        max_length=200,
        error_messages={
            "required": _("何を確かめ、これからどうするかを書いてください。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )
