"""The guardian's report: made for a thumb; only what was not chosen yet needs a tap."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance import rules
from manabiya.apps.attendance.diseases import DISEASE_WORDS
from manabiya.apps.attendance.models import AbsenceReport
from manabiya.apps.attendance.services import PickupWord, Word

UNKNOWN = "unknown"
to_day = date.fromisoformat
DISEASES = (*DISEASE_WORDS.items(), (UNKNOWN, _("まだ分からない")))

FETCHERS = (
    (rules.ME, _("わたし")),
    (rules.SOMEBODY, _("ほかの人")),
    (rules.ALONE, _("ひとりで帰る")),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the words, for which other children too, and from which day to which."""

    word: Word
    first: date
    last: date
    siblings: tuple[UUID, ...] = ()
    key: str = ""
    claimed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: days, the guardian's other children, going home alone."""

    dates: list[tuple[str, str]]
    siblings: list[tuple[str, str]] = field(default_factory=list)
    may_go_alone: bool = False


class ReportForm(forms.Form):
    """What a guardian fills in; only the reason must be chosen, and what follows from it."""

    kind = forms.ChoiceField(
        label=_("連絡"), choices=AbsenceReport.Kind.choices, widget=forms.HiddenInput
    )
    date = forms.TypedChoiceField(label=_("日"), coerce=to_day)
    until = forms.TypedChoiceField(
        label=_("いつまで"), coerce=to_day, required=False, empty_value=None
    )
    siblings = forms.MultipleChoiceField(
        label=_("いっしょに連絡する"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=AbsenceReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("理由を選んでください。")},
    )
    disease = forms.ChoiceField(
        label=_("感染症の名前"), choices=DISEASES, required=False, widget=forms.RadioSelect
    )
    temperature = forms.ChoiceField(
        label=_("体温"),
        choices=AbsenceReport.Temperature.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    expected_time = forms.TimeField(
        label=_("時刻"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("時刻は 9:30 のように書いてください。")},
    )
    pickup = forms.ChoiceField(
        label=_("だれが迎えに来ますか"), choices=FETCHERS, required=False, widget=forms.RadioSelect
    )
    pickup_name = forms.CharField(
        label=_("迎えに来る人の名前"),
        required=False,
        max_length=60,
        error_messages={"max_length": _("60文字までで書いてください。")},
    )
    pickup_relationship = forms.CharField(
        label=_("お子さんとの関係"),
        required=False,
        max_length=20,
        error_messages={"max_length": _("20文字までで書いてください。")},
    )
    note = forms.CharField(
        label=_("学校に伝えたいこと"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("200文字までで書いてください。")},
    )
    key = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    claimed_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (
            ("date", choices.dates),
            ("until", [("", _("この日だけ")), *choices.dates]),
            ("siblings", choices.siblings),
            ("pickup", [c for c in FETCHERS if c[0] != rules.ALONE or choices.may_go_alone]),
        ):
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what follows from kind, reason and days."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        reason, kind = data.get("reason"), data.get("kind")
        first, last = data.get("date"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("始まりの日より前です。日を選びなおしてください。"))
        if reason == AbsenceReport.Reason.INFECTION and not data.get("disease"):
            self.add_error(
                "disease", _("病気の名前を選んでください。まだなら「まだ分からない」を選びます。")
            )
        if reason == AbsenceReport.Reason.OTHER and not data.get("note"):
            self.add_error("note", _("「その他」のときは、理由をここに書いてください。"))
        if kind == AbsenceReport.Kind.LEFT_EARLY:
            self._clean_leaving(data)
        return data

    def _clean_leaving(self, data: dict[str, Any]) -> None:
        if not data.get("expected_time") and "expected_time" not in self.errors:
            self.add_error("expected_time", _("学校を出る時刻を書いてください。"))
        if not data.get("pickup") and "pickup" not in self.errors:
            self.add_error("pickup", _("だれが迎えに来るかを選んでください。"))
        if data.get("pickup") == rules.SOMEBODY and not data.get("pickup_name"):
            self.add_error("pickup_name", _("迎えに来る人の名前を書いてください。"))

    def word(self) -> Word:
        """Return what the form says; what does not belong to kind and reason is left out."""
        data = self.cleaned_data
        reason, disease = data["reason"], data["disease"]
        is_infection = reason == AbsenceReport.Reason.INFECTION and disease != UNKNOWN
        return Word(
            kind=data["kind"],
            reason=reason,
            expected_time=data["expected_time"] if data["kind"] != rules.ABSENT else None,
            note=data["note"],
            disease=disease if is_infection else "",
            temperature=data["temperature"] if reason in FEVERISH else "",
            pickup=self._pickup(),
        )

    def _pickup(self) -> PickupWord | None:
        data = self.cleaned_data
        if data["kind"] != AbsenceReport.Kind.LEFT_EARLY:
            return None
        if data["pickup"] != rules.SOMEBODY:
            return PickupWord(data["pickup"])
        return PickupWord(data["pickup"], data["pickup_name"], data["pickup_relationship"])

    def sent(self) -> Sent:
        """Return what was sent, as the service takes it."""
        data = self.cleaned_data
        return Sent(
            word=self.word(),
            first=data["date"],
            last=data["until"] or data["date"],
            siblings=tuple(UUID(text) for text in data["siblings"]),
            key=data["key"],
            claimed_at=data["claimed_at"],
        )


FEVERISH = (AbsenceReport.Reason.FEVER, AbsenceReport.Reason.INFECTION)
