"""Forms of the checklist: open a round, give a reason, take a file, edit a set."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.checklist.services.columns import TYPE_LABELS
from manabiya.law.checklist_sets import QuestionSet
from manabiya.law.era import parse_date

FIELD = re.compile(r"^(wording|answer_type|weight|wording_since|follow_up):([-\w]{1,40})$")
MAY_BE_EMPTY = frozenset({"follow_up"})


class RoundForm(forms.Form):
    """Open a round."""

    question_set = forms.UUIDField(
        label=_("設問"), error_messages={"required": _("設問を選んでください。")}
    )
    school_year = forms.IntegerField(
        label=_("年度(西暦)"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _("年度を入れてください。")},
    )
    due_on = forms.CharField(
        label=_("期限"),
        max_length=30,
        help_text=_("例 2026年12月18日、令和8年12月18日、12/18"),
        error_messages={"required": _("期限を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, sets: list[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question_set"].widget = forms.Select(choices=sets)

    def clean_due_on(self) -> date:
        """Return the date, or say what is wrong with it."""
        try:
            return parse_date(self.cleaned_data["due_on"])
        except ValueError as error:
            raise forms.ValidationError(
                _("%(reason)s。入力は残っています。直してください。"),
                params={"reason": str(error).split(":")[0]},
            ) from error


class ReasonForm(forms.Form):
    """Why a confirmation is taken back."""

    reason = forms.CharField(
        label=_("取り消す理由"),
        max_length=200,
        error_messages={"required": _("理由を書いてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SetFileForm(forms.Form):
    """The ministry's next list as a file."""

    file = forms.FileField(
        label=_("設問のファイル(CSVかxlsx)"),
        help_text=_("列: 番号、質問、答え方。あれば 項目、区分、見出し、回答者、配点、続きの質問"),
        error_messages={"required": _("ファイルを選んでください。")},
    )
    school_year = forms.IntegerField(
        label=_("年度(西暦)"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _("年度を入れてください。")},
    )
    title = forms.CharField(
        label=_("名前"),
        max_length=80,
        help_text=_("例 令和8年度 校務DXチェックリスト"),
        error_messages={"required": _("名前を入れてください。")},
    )
    source = forms.CharField(
        label=_("出典"),
        max_length=200,
        help_text=_("どこから得た設問か"),
        error_messages={"required": _("出典を入れてください。")},
    )
    missing = forms.CharField(
        label=_("入っていないもの"), max_length=300, required=False,
        help_text=_("全部の質問がそろっていないときは、何が足りないかを書きます"),
    )  # fmt: skip


class FigureFileForm(forms.Form):
    """Figures of an earlier year as a file."""

    figures = forms.FileField(
        label=_("割合のファイル(CSVかxlsx)"),
        help_text=_(
            "列: 番号、範囲(本市・都道府県・全国)、出典。数えたものは、選択肢ごとの列と学校数。公表されたものは、割合と定義"
        ),
        error_messages={"required": _("ファイルを選んでください。")},
    )


class AnswerFileForm(forms.Form):
    """Answers of single schools to a past round as a file."""

    answers = forms.FileField(
        label=_("回答のファイル(CSVかxlsx)"),
        error_messages={"required": _("ファイルを選んでください。")},
    )
    school_year = forms.IntegerField(
        label=_("どの年度の回答か(西暦)"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _("年度を入れてください。")},
    )
    source = forms.CharField(
        label=_("出典"),
        max_length=200,
        help_text=_("どこから得た回答か。例 令和5年度の国の調査の回答一覧"),
        error_messages={"required": _("出典を入れてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def posted_changes(post: Mapping[str, Any], questions: QuestionSet) -> dict[str, dict[str, Any]]:
    """Return what an editor changed: item → field → value; what stands as it was is left out."""
    stands = {question.key: question for question in questions.questions}
    found: dict[str, dict[str, Any]] = {}
    for name, given in post.items():
        match = FIELD.match(name)
        if not match or match[2] not in stands:
            continue
        field, key, value = match[1], match[2], str(given).strip()
        question = stands[key]
        before = question.answer_type.value if field == "answer_type" else getattr(question, field)
        if (value or field in MAY_BE_EMPTY) and value != str(before):
            found.setdefault(key, {})[field] = value
    return found


TYPES = list(TYPE_LABELS.items())
