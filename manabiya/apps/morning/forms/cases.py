"""What somebody at the phone fills in about a 未着."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.morning.models import CallEntry
from manabiya.apps.morning.rules import ENDINGS
from manabiya.roster.families.calls import CallSheet

OTHER = "other"


class CallForm(forms.Form):
    """A call: to whom (who may be called, in order, or somebody else by words), what came of it."""

    callee = forms.ChoiceField(
        label=_("電話した相手"),
        widget=forms.RadioSelect,
        error_messages={"required": _("だれに電話したかを選んでください。")},
    )
    whom = forms.CharField(
        label=_("ほかの相手"),
        required=False,
        max_length=60,
        help_text=_("「ほかの相手」を選んだときだけ(例 学童、警察)"),
    )
    outcome = forms.ChoiceField(
        label=_("電話の結果"),
        choices=CallEntry.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("電話の結果を選んでください。")},
    )
    note = forms.CharField(
        label=_("わかったこと"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("200文字までで書いてください。")},
    )

    def __init__(self, *args: Any, sheet: CallSheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (str(callee.guardian_id), f"{callee.name}({callee.relationship})")
            for callee in sheet.may_be_called
        ]
        choices = [*people, (OTHER, _("ほかの相手"))]
        self.fields["callee"].choices = choices  # type: ignore[attr-defined]
        if people:
            self.fields["callee"].initial = people[0][0]

    @property
    def guardian_id(self) -> UUID | None:
        """Return the guardian that was called, None for somebody else."""
        chosen = self.cleaned_data["callee"]
        return None if chosen == OTHER else UUID(chosen)


class EndForm(forms.Form):
    """How a 未着 ended."""

    ending = forms.ChoiceField(
        label=_("結果"),
        choices=[(key, ending.label) for key, ending in ENDINGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("どうなったかを選んでください。")},
    )
    how = forms.CharField(
        label=_("だれから、どのようにわかったか"),
        max_length=200,
        help_text=_("遅れて登校したときと、始業までに登校したときは、書かなくてもかまいません。"),
        error_messages={
            "required": _("だれから、どのようにわかったかを書いてください。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = ENDINGS.get(self.data.get("ending", ""))
        self.fields["how"].required = way is None or way.needs_how
