"""What somebody writes down while a family is on the telephone."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.services import PickupWord, Word
from manabiya.apps.attendance.services.phone import DISEASES, KINDS, REASONS, TEMPERATURES

ALONE, SOMEBODY = "alone", "somebody"


class PhoneForm(forms.Form):
    """A report at the telephone; only the reason must be chosen, and who fetches a child."""

    needed_when: ClassVar[Mapping[str, Any]] = {
        "expected_time": _("早退のときは必ず"),
        "pickup": _("早退のときは必ず"),
        "pickup_name": _("「ほかの人」のときは必ず"),
    }
    kind = forms.ChoiceField(
        label=_("連絡"), choices=KINDS, initial="absent", widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("理由を選んでください。")},
    )
    date = forms.TypedChoiceField(label=_("日"), coerce=date.fromisoformat)
    expected_time = forms.TimeField(
        label=_("時刻(遅刻・早退)"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("時刻は 9:30 のように書いてください。")},
    )
    disease = forms.ChoiceField(
        label=_("感染症の名前"), choices=[("", _("わからない")), *DISEASES], required=False
    )
    temperature = forms.ChoiceField(
        label=_("体温"), choices=[("", _("聞いていない")), *TEMPERATURES], required=False
    )
    pickup = forms.ChoiceField(
        label=_("迎えに来る人(早退)"), required=False, widget=forms.RadioSelect
    )
    pickup_name = forms.CharField(label=_("ほかの人の名前"), required=False, max_length=60)
    note = forms.CharField(
        label=_("電話してきた人・伝言"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("200文字までで書いてください。")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, dates: list[tuple[str, str]], fetchers: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(f"name:{name}", name) for name in fetchers]
        choices = [*people, (SOMEBODY, _("ほかの人")), (ALONE, _("ひとりで帰る"))]
        self.fields["date"].choices = dates  # type: ignore[attr-defined]
        self.fields["pickup"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask when a child leaves early and who comes for it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == "left_early":
            if not data.get("expected_time") and "expected_time" not in self.errors:
                self.add_error("expected_time", _("学校を出る時刻を聞いて、書いてください。"))
            if not data.get("pickup"):
                self.add_error("pickup", _("だれが迎えに来るかを聞いて、選んでください。"))
            elif data["pickup"] == SOMEBODY and not data.get("pickup_name", "").strip():
                self.add_error("pickup_name", _("迎えに来る人の名前を書いてください。"))
        return data

    def word(self) -> Word:
        """Return what the family said."""
        data = self.cleaned_data
        return Word(
            kind=data["kind"],
            reason=data["reason"],
            expected_time=data["expected_time"] if data["kind"] != "absent" else None,
            note=data["note"],
            disease=data["disease"] if data["reason"] == "infection" else "",
            temperature=data["temperature"] if data["reason"] in ("fever", "infection") else "",
            pickup=self._pickup() if data["kind"] == "left_early" else None,
        )

    def _pickup(self) -> PickupWord:
        chosen = self.cleaned_data["pickup"]
        if chosen == ALONE:
            return PickupWord(who=ALONE)
        if chosen == SOMEBODY:
            return PickupWord(who=SOMEBODY, name=self.cleaned_data["pickup_name"])
        return PickupWord(who=SOMEBODY, name=chosen.removeprefix("name:"))
