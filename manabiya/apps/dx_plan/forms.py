"""Forms of the plan: begin it, its words, the goals of an item, an action, a reason."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.dx_plan.models import DxPlan, PlanAction
from manabiya.apps.dx_plan.queries import ActionLine, GoalLine, YearChoice
from manabiya.apps.dx_plan.rules import NotAPercentage, read_percent
from manabiya.apps.dx_plan.services import ActionWord, PlanWords
from manabiya.law.era import parse_date


def _flat(data: Any) -> dict[str, Any]:
    """Return posted data as a plain dictionary, several values of a name as a list."""
    lists = {name: data.getlist(name) for name in data}
    return {
        name: found if len(found) > 1 or name == "items" else found[0]
        for name, found in lists.items()
    }


class Versioned(forms.Form):
    """A form that knows which version of its row it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False

    def renew(self, version: int) -> None:
        """Take the version that stands now, so that what was typed can be saved over it knowingly."""
        self.data = {**_flat(self.data), "version": str(version)}


class OpenForm(forms.Form):
    """Begin a plan."""

    title = forms.CharField(
        label=_("計画の名前"),
        max_length=60,
        error_messages={"required": _("計画の名前を書いてください。")},
    )
    first_year = forms.TypedChoiceField(label=_("はじめの年度"), coerce=int)
    last_year = forms.TypedChoiceField(label=_("おわりの年度"), coerce=int)
    baseline_year = forms.TypedChoiceField(
        label=_("基準にする自己点検"),
        coerce=int,
        error_messages={"required": _("基準にする年度を選んでください。")},
    )
    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        years: Sequence[YearChoice],
        baselines: Sequence[YearChoice],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_year", "last_year"):
            self.fields[name].choices = [(one.school_year, one.label) for one in years]  # type: ignore[attr-defined]
        chosen = [(one.school_year, one.label) for one in baselines]
        self.fields["baseline_year"].choices = chosen  # type: ignore[attr-defined]


def _text(label: Any, hint: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=4000,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("ここは空けられません。"),
            "max_length": _("%(limit_value)d文字までで書いてください。"),
        },
    )


class WordsForm(Versioned):
    """The words of the chapters."""

    title = forms.CharField(
        label=_("計画の名前"),
        max_length=60,
        error_messages={"required": _("計画の名前を書いてください。")},
    )
    introduction = _text(_("1 はじめに"), _("空けた行で段落が変わります。"), required=True)
    present = _text(_("2 現状 のはじめの文"), _("この文のあとに、割合の表がつきます。"))
    outlook = _text(_("3 今後の計画 のはじめの文"), _("この文のあとに、目標と施策がつきます。"))
    closing = _text(_("4 おわりに"), "")
    shows_printed_table = forms.BooleanField(required=False)

    @property
    def words(self) -> PlanWords:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        said.pop("version")
        return PlanWords(**said)

    @staticmethod
    def initial_of(plan: DxPlan) -> dict[str, Any]:
        """Return what the form of a plan starts with."""
        names = [name for name in WordsForm.base_fields if name != "version"]
        return {"version": plan.words_version, **{name: getattr(plan, name) for name in names}}


class GoalsForm(Versioned):
    """The goals of an item, one field a year; an empty one is no goal."""

    def __init__(self, *args: Any, years: Sequence[YearChoice], line: GoalLine, **kwargs: Any):
        start = {f"year_{year}": goal for year, goal in line.goals.items()}
        kwargs.setdefault("initial", {"version": line.version, **start})
        super().__init__(*args, **kwargs)
        self.years = [one.school_year for one in years]
        for one in years:
            self.fields[f"year_{one.school_year}"] = forms.CharField(
                label=one.label,
                required=False,
                max_length=10,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """Read each percentage."""
        said = super().clean() or {}
        for year in self.years:
            name = f"year_{year}"
            try:
                said[name] = read_percent(said.get(name, ""))
            except NotAPercentage as error:
                self.add_error(name, str(error))
        return said

    @property
    def goals(self) -> dict[int, Decimal]:
        """Return the goals of a valid form by year."""
        said = {year: self.cleaned_data[f"year_{year}"] for year in self.years}
        return {year: goal for year, goal in said.items() if goal is not None}

    def fill(self, goals: Mapping[int, Decimal]) -> None:
        """Put other goals into the fields; they are shown, not saved."""
        filled = {f"year_{year}": str(goal) for year, goal in goals.items()}
        self.data = {**_flat(self.data), **filled}

    @property
    def fields_of_years(self) -> list[forms.BoundField]:
        """Return the bound fields in order of the years."""
        return [self[f"year_{year}"] for year in self.years]


class DayField(forms.CharField):
    """A day as people write it: 令和9年3月31日, 2027/3/31, R9.3.31."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=_("例 令和9年3月31日、2027/3/31"),
            error_messages={"required": _("日を書いてください。")},
            **kwargs,
        )

    def clean(self, value: Any) -> date:
        """Return the day, or say what is wrong with it."""
        try:
            return parse_date(super().clean(value))
        except ValueError as error:
            reason = str(error).split(":")[0]
            raise forms.ValidationError(
                _("%(reason)s。令和9年3月31日 のように書いてください。"), params={"reason": reason}
            ) from error


class ActionForm(Versioned):
    """An action; ``items``: the questions it serves."""

    title = forms.CharField(
        label=_("施策"),
        max_length=80,
        error_messages={"required": _("何をするかを書いてください。")},
    )
    owner = forms.CharField(
        label=_("担当"),
        max_length=60,
        help_text=_("課や係、職の名前。人の名前は書かないでください。"),
        error_messages={"required": _("担当を書いてください。")},
    )
    from_on = DayField(label=_("いつから"))
    until_on = DayField(label=_("いつまで"))
    notes = forms.CharField(
        label=_("内容"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    items = forms.MultipleChoiceField(
        label=_("関わる項目"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: Sequence[GoalLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(line.question.key, line.question.label) for line in lines]
        self.fields["items"].choices = chosen  # type: ignore[attr-defined]

    @property
    def word(self) -> ActionWord:
        """Return what a valid form says."""
        said = dict(self.cleaned_data)
        said.pop("version")
        return ActionWord(**said)

    @staticmethod
    def initial_of(line: ActionLine) -> dict[str, Any]:
        """Return what the form of an action starts with."""
        row = line.row
        return {
            "version": row.version,
            "title": row.title,
            "owner": row.owner,
            "from_on": f"{row.from_on:%Y/%-m/%-d}",
            "until_on": f"{row.until_on:%Y/%-m/%-d}",
            "items": row.items,
            "notes": row.notes,
        }


class StateForm(Versioned):
    """How far an action is."""

    state = forms.ChoiceField(label=_("進み"), choices=PlanAction.State.choices)
    reason = forms.CharField(label=_("見送りの理由"), required=False, max_length=200)


class ReasonForm(Versioned):
    """Why the plan is changed."""

    reason = forms.CharField(
        label=_("改める理由"),
        max_length=200,
        help_text=_("計画の表紙と、版の一覧にのります。"),
        error_messages={"required": _("計画を改める理由を書いてください。")},
    )
