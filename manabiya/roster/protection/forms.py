"""Forms of protection. A form never saves; its choices are the family's own."""

import re
from typing import Any
from uuid import UUID

from django import forms

from manabiya.roster.models import Protection
from manabiya.roster.protection.families import Family
from manabiya.roster.protection.services import Outsider, ProtectionWord

DATE_ERRORS = {"required": "日を入れてください。", "invalid": "日を選びなおしてください。"}


def _day(label: str, help_text: str = "") -> Any:
    return forms.DateField(
        label=label,
        help_text=help_text,
        error_messages=DATE_ERRORS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _several(label: str, help_text: str, **kwargs: Any) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "この家庭の人を選んでください。"},
        **kwargs,
    )


class ProtectionForm(forms.Form):
    """Which children, from whom, why, since when, when to look again."""

    students = _several(
        "守る子ども",
        "同じ保護者のきょうだいは、はじめから選んであります。ほかの学校の子も一緒に決まります。",
    )
    guardians = _several("遠ざける人(保護者として登録のある人)", "", required=False)
    names = forms.CharField(
        label="遠ざける人(登録のない人)",
        required=False,
        max_length=600,
        help_text="一行に一人。例 山田 太郎、父の兄",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    basis = forms.ChoiceField(
        label="理由",
        choices=[("", "選んでください"), *Protection.Basis.choices],
        error_messages={"required": "理由を選んでください。"},
    )
    note = forms.CharField(
        label="覚え", required=False, max_length=200, help_text="管理職と教育委員会だけが読みます"
    )
    starts_on = _day("始まり", "今日か、それより前の日")
    review_on = _day("見直す日", "この日を過ぎても続きます。30日前から知らせます")

    def __init__(self, *args: Any, family: Family, student_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.student_id = str(student_id)
        self.fields["students"].choices = [  # type: ignore[attr-defined]
            (
                str(child.student_id),
                f"{child.name} {child.place}{' (すでに支援措置あり)' if child.is_protected else ''}",
            )
            for child in family.children
        ]
        self.fields["guardians"].choices = [  # type: ignore[attr-defined]
            (
                str(line.guardian_id),
                f"{line.name}({line.relationship})"
                + ("" if line.has_right else " 今日の権利はありません"),
            )
            for line in family.guardians
        ]
        self.initial.setdefault("students", [str(c.student_id) for c in family.children])

    def clean_students(self) -> list[str]:
        """Return the chosen children; the child of the page is always one of them."""
        chosen: list[str] = self.cleaned_data["students"]
        if self.student_id not in chosen:
            raise forms.ValidationError("この画面の子どもは外せません。")
        return chosen

    def clean_names(self) -> list[Outsider]:
        """Return the persons written, one a line: name, then who it is."""
        found = []
        for line in self.cleaned_data["names"].splitlines():
            name, _, relationship = re.sub(r"[,，\t]", "、", line).strip().partition("、")
            if name:
                found.append(Outsider(name.strip()[:120], relationship.strip()[:20]))
        return found

    def word(self) -> ProtectionWord:
        """Return what is said about the protection."""
        given = self.cleaned_data
        return ProtectionWord(
            given["basis"], given["starts_on"], given["review_on"], given["note"].strip()
        )


class ReviewForm(forms.Form):
    """When to look at a protection again."""

    review_on = _day("次に見直す日", "この日を過ぎても続きます")


class EndForm(forms.Form):
    """Why a protection ends."""

    reason = forms.CharField(
        label="終える理由",
        max_length=200,
        help_text="5文字以上。支援措置の一覧に残ります",
        error_messages={"required": "終える理由を書いてください。"},
    )


class OpenForm(forms.Form):
    """Why an address is opened."""

    reason = forms.CharField(
        label="開く理由",
        max_length=200,
        help_text="5文字以上。校長・教頭が読みます",
        error_messages={"required": "開く理由を書いてください。"},
    )
