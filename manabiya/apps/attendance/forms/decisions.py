"""What somebody proposes about a child's days, and what is said when it is decided."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.diseases import DISEASE_WORDS
from manabiya.apps.attendance.excused import Days, PeriodWord
from manabiya.apps.attendance.models import ExcusedPeriod
from manabiya.law.bereavement import ALLOWANCES, RELATIONS
from manabiya.law.diseases import DISEASES

CHOOSE = ("", _("選んでください"))
RELATION_CHOICES = [
    CHOOSE,
    *((str(key), f"{word}({ALLOWANCES[str(key)]}日)") for key, word in RELATIONS.items()),
]
FIELDS = {
    excused.SUSPENSION: ("disease", "first_day", "relief_on", "last_day", "note"),
    excused.BEREAVEMENT: ("relation", "first_day", "last_day", "note"),
    excused.DEEMED_PRESENT: ("facility", "first_day", "last_day", "note"),
    excused.DISASTER: ("first_day", "last_day", "note"),
}
"""Kind → the fields it asks for, in their order."""
FIRST = {
    excused.SUSPENSION: (_("発症した日"), _("熱や症状が出た日。休みはじめた日とはかぎりません")),
    excused.BEREAVEMENT: (_("はじめの日"), _("ふつうは、亡くなった日の次の日")),
    excused.DEEMED_PRESENT: (_("はじめの日"), ""),
    excused.DISASTER: (_("その日"), ""),
}
LAST = {
    excused.SUSPENSION: _("空けておくと、規則どおりの日まで(解熱の日が分かるまでは終わりなし)"),
    excused.BEREAVEMENT: _("空けておくと、続柄の日数(土日も数えます)で入ります"),
    excused.DEEMED_PRESENT: _("空けておくと、終わりなし"),
    excused.DISASTER: _("空けておくと、その日だけ"),
}


def _day(label: Any = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        error_messages={
            "required": _("日を入れてください。"),
            "invalid": _("日を選びなおしてください。"),
        },
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def disease_choices() -> list[Any]:
    """Return the diseases: the usual ones by the word families use, then all others by class."""
    rest = [(key, found.label) for key, found in DISEASES.items() if key not in DISEASE_WORDS]
    return [CHOOSE, *DISEASE_WORDS.items(), (_("ほかの学校感染症"), rest)]


class ProposalForm(forms.Form):
    """A proposal of one kind: the fields of other kinds are not there."""

    kind = forms.ChoiceField(choices=ExcusedPeriod.Kind.choices, widget=forms.HiddenInput)
    disease = forms.ChoiceField(
        label=_("感染症の名前"), error_messages={"required": _("感染症の名前を選んでください。")}
    )
    relation = forms.ChoiceField(
        label=_("亡くなった人の続柄"),
        choices=RELATION_CHOICES,
        error_messages={"required": _("亡くなった人の続柄を選んでください。")},
    )
    facility = forms.CharField(
        label=_("学んでいる所"),
        max_length=60,
        help_text=_("教育支援センター、フリースクール、家庭でのICTなど"),
        error_messages={"required": _("学んでいる所の名前を書いてください。")},
    )
    first_day = _day()
    relief_on = _day(_("熱の下がった日・症状の軽くなった日"), required=False)
    last_day = _day(_("終わりの日"), required=False)
    note = forms.CharField(
        label=_("決める人への覚え"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("200文字までで書いてください。")},
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"kind", *FIELDS[kind]}:
            del self.fields[name]
        self.order_fields(["kind", *FIELDS[kind]])
        label, help_text = FIRST[kind]
        self.fields["first_day"].label = str(label)
        self.fields["first_day"].help_text = str(help_text)
        self.fields["last_day"].help_text = str(LAST[kind])
        if "disease" in self.fields:
            self.fields["disease"].choices = disease_choices()  # type: ignore[attr-defined]
        if kind == excused.DISASTER:
            self.fields["note"].required = True
            self.fields["note"].label = _("何があったか")
            self.fields["note"].error_messages["required"] = _("何があったかを書いてください。")

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first = data.get("first_day")
        for name in ("relief_on", "last_day"):
            later = data.get(name)
            if isinstance(first, date) and later and later < first:
                self.add_error(name, _("始まりの日より前です。日を選びなおしてください。"))
        return data

    def word(self) -> PeriodWord:
        """Return what the form says, as the service takes it."""
        data = self.cleaned_data
        return PeriodWord(
            kind=data["kind"],
            days=Days(data["first_day"], data["last_day"]),
            disease=data.get("disease", ""),
            relation=data.get("relation", ""),
            facility=data.get("facility", ""),
            relief_on=data.get("relief_on"),
            note=data["note"],
        )


class VersionForm(forms.Form):
    """A deed on a period as it was shown."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    """A deed with a reason: decline, withdraw, revoke."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        error_messages={
            "required": _("理由を書いてください。申し出た人に見えます。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )


class ReliefForm(VersionForm):
    """The day of 解熱 or 軽快."""

    relief_on = _day(_("熱の下がった日・症状の軽くなった日"))


class DaysForm(VersionForm):
    """The days of a period, changed; ``is_over``: the child is back."""

    first_day = _day(_("始まりの日"))
    last_day = _day(_("終わりの日"), required=False)
    is_over = forms.BooleanField(label=_("終わりにする(登校した)"), required=False)
    reason = forms.CharField(label=_("変える理由"), max_length=200, required=False)

    def days(self) -> Days:
        """Return the days as the service takes them."""
        return Days(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


class DayListField(forms.Field):
    """Days of a calendar, each a box of its own."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[date]:
        """Return the days; refuse what is none."""
        try:
            return [date.fromisoformat(day) for day in value or ()]
        except ValueError as error:
            raise forms.ValidationError(_("日を選びなおしてください。")) from error


class FacilityDaysForm(VersionForm):
    """The days of a month on which the child learned at its facility, as the facility says."""

    month = _day()
    day = DayListField(required=False)


class DelegationForm(forms.Form):
    """From which day the vice principal decides too, or no longer."""

    is_delegated = forms.TypedChoiceField(
        label=_("教頭も決める"),
        choices=[("yes", _("任せる")), ("no", _("任せない"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("どちらかを選んでください。")},
    )
    valid_from = _day(_("いつから"))
