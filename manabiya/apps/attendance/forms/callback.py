"""What staff made sure of by phone before a child goes with somebody nobody registered."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CallbackForm(forms.Form):
    """Whom staff called, what was said, and whether the child may go."""

    CLEARED, REFUSED = "cleared", "refused"

    note = forms.CharField(
        label=_("だれに電話して、何を確かめたか"),
        max_length=200,
        error_messages={
            "required": _("だれに電話して、何を確かめたかを書いてください。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )
    answer = forms.ChoiceField(
        choices=[(CLEARED, _("引き渡してよい")), (REFUSED, _("引き渡さない"))],
        error_messages={"required": _("引き渡してよいかどうかを選んでください。")},
    )
