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

MARK, PAPER = "mark", "paper"


class CorrectionForm(forms.Form):
    """What is wrong in a closed month: one day of one child, or names and 在籍 alone; and why."""

    what = forms.ChoiceField(
        label=_("何を直しますか"),
        choices=[(MARK, _("出欠の印")), (PAPER, _("氏名・在籍など"))],
        initial=MARK,
        widget=forms.RadioSelect,
        help_text=_("氏名・在籍などは、いまの名簿のとおりに書き直します。"),
        error_messages={"required": _("何を直すかを選んでください。")},
    )
    student = forms.ChoiceField(
        label=_("だれ"), error_messages={"required": _("だれの印かを選んでください。")}
    )
    day = forms.ChoiceField(
        label=_("日"), error_messages={"required": _("どの日かを選んでください。")}
    )
    code = forms.ChoiceField(
        label=_("正しい値"), error_messages={"required": _("何に直すかを選んでください。")}
    )
    reason = forms.CharField(
        label=_("訂正の理由"),
        max_length=200,
        help_text=_("出席簿に残ります。"),
        error_messages={"required": _("訂正の理由を書いてください。")},
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("選ぶ"))
        children = [(r["student"], f"{r['number']}番 {r['name']}") for r in document["rows"]]
        self._choose("student", [none, *children])
        self._choose("day", [none, *_days(document)])
        self._choose("code", [none, *CODES.items()])

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.required = self.data.get("what") != PAPER

    def entries(self) -> list[MarkCorrection]:
        """Return what should be corrected, none for the paper's names alone."""
        data = self.cleaned_data
        if data["what"] == PAPER:
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
