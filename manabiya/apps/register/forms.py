"""Forms of the register."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.attendance.services import MarkCorrection
from manabiya.apps.register.document import OFF, OUT, Document
from manabiya.apps.register.services import CODES


class CorrectionForm(forms.Form):
    """One day of one child of a closed month, what it should be, and why."""

    student = forms.ChoiceField(
        label=_("だれ"), required=False, help_text=_("氏名などだけのときは選びません。")
    )
    day = forms.ChoiceField(label=_("日"), required=False)
    code = forms.ChoiceField(label=_("正しい値"), required=False)
    reason = forms.CharField(
        label=_("訂正の理由"),
        max_length=200,
        error_messages={"required": _("訂正の理由を書いてください。")},
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("選ばない"))
        children = [(r["student"], f"{r['number']}番 {r['name']}") for r in document["rows"]]
        self._choose("student", [none, *children])
        self._choose("day", [none, *_days(document)])
        self._choose("code", [none, *CODES.items()])

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse a child without its day and value, or the other way round."""
        given = [bool(self.cleaned_data.get(name)) for name in ("student", "day", "code")]
        if any(given) and not all(given):
            raise forms.ValidationError(
                _("だれの、どの日を、何に直すかを、三つとも選んでください。")
            )
        return self.cleaned_data

    def entries(self) -> list[MarkCorrection]:
        """Return what should be corrected, none for the paper's names alone."""
        data = self.cleaned_data
        if not data["student"]:
            return []
        day = date.fromisoformat(data["day"])
        return [MarkCorrection(UUID(data["student"]), day, data["code"])]


def _days(document: Document) -> list[tuple[str, str]]:
    found = []
    for n, day in enumerate(document["days"]):
        if any(row["cells"][n] not in (OFF, OUT) for row in document["rows"]):
            found.append((day["date"], f"{int(day['date'][8:])}日({day['weekday']})"))
    return found


class AnswerForm(forms.Form):
    """Why a request is sent back."""

    answer = forms.CharField(label=_("差し戻す理由"), max_length=200, required=False)
