"""Decide, propose, mark as done, take back."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.paperwork import rules
from manabiya.apps.paperwork.forms.fields import DayField, VersionedForm, choices_of
from manabiya.apps.paperwork.models import PaperUse
from manabiya.apps.paperwork.services import Decision


class _DecisionFields(forms.Form):
    decision = forms.ChoiceField(
        label=_("決定"),
        choices=choices_of(rules.DECISIONS),
        widget=forms.RadioSelect,
        error_messages={"required": _("廃止・電子化・継続のどれかを選んでください。")},
    )
    due_on = DayField(label=_("いつまでに"), required=False)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)
    use_required_attribute = False
    needed_when: ClassVar[Mapping[str, Any]] = {
        "due_on": _("廃止・電子化のときは必ず"),
        "reason": _("継続のときは必ず"),
    }

    def clean(self) -> dict[str, Any]:
        """Ask for the day of an ending and the reason of what goes on."""
        said = super().clean() or {}
        if said.get("decision") in rules.ENDING and "due_on" in said and not said["due_on"]:
            self.add_error("due_on", _("いつまでにやめるかを書いてください。"))
        if said.get("decision") == rules.KEEP and not said.get("reason"):
            self.add_error("reason", _("継続するときは、理由を書いてください。"))
        return said


class DecideForm(_DecisionFields, VersionedForm):
    """The decision about a line."""

    owner = forms.ChoiceField(label=_("担当"), required=False)
    replacement = forms.ChoiceField(
        label=_("代わりの方法"),
        required=False,
        choices=choices_of(rules.REPLACEMENTS, _("まだ決めていない")),
    )
    field_order = ("decision", "due_on", "reason", "owner", "replacement", "version")
    needed_when: ClassVar[Mapping[str, Any]] = {
        **_DecisionFields.needed_when,
        "replacement": _("電子化のとき"),
    }

    def __init__(
        self, *args: Any, owners: list[tuple[UUID, str]], may_continue: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = {str(key): name for key, name in owners}
        self.fields["owner"].choices = choices_of(people, _("決めていない"))  # type: ignore[attr-defined]
        if not may_continue:
            ending = {key: rules.DECISIONS[key] for key in rules.ENDING}
            self.fields["decision"].choices = choices_of(ending)  # type: ignore[attr-defined]
            self.fields["decision"].help_text = _("継続は、校長(教育委員会は管理者)が決めます。")

    @property
    def said(self) -> Decision:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Decision(
            decision=said["decision"],
            reason=said["reason"],
            owner_id=UUID(said["owner"]) if said["owner"] else None,
            due_on=said["due_on"],
            replacement=said["replacement"],
        )

    @staticmethod
    def initial_of(use: PaperUse) -> dict[str, Any]:
        """Return what the form of a line starts with."""
        return {
            "version": use.version,
            "decision": use.decision,
            "reason": use.decision_reason,
            "owner": str(use.owner_id or ""),
            "due_on": f"{use.due_on:%Y/%-m/%-d}" if use.due_on else "",
            "replacement": use.replacement,
        }


class ProposeForm(_DecisionFields):
    """What the board proposes to every school."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("学校がこのまま読みます。"),
        error_messages={"required": _("提案の理由を書いてください。学校が読みます。")},
    )
    field_order = ("decision", "due_on", "reason")

    @property
    def said(self) -> Decision:
        """Return what a valid form says."""
        said = self.cleaned_data
        return Decision(said["decision"], said["reason"], None, said["due_on"])


class WithdrawForm(forms.Form):
    """Why the board takes a proposal back."""

    reason = forms.CharField(
        label=_("取り下げる理由"),
        max_length=200,
        help_text=_("学校がこのまま読みます。"),
        error_messages={"required": _("取り下げる理由を書いてください。学校が読みます。")},
    )
    use_required_attribute = False


class DoneForm(VersionedForm):
    """Since when it is used no more."""

    done_on = DayField(label=_("やめた日"), error_messages={"required": _("日を書いてください。")})


class ReasonForm(VersionedForm):
    """Why something is taken back or off the list."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, error_messages={"required": _("理由を書いてください。")}
    )
