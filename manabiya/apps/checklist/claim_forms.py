"""Forms of what a school attaches to an item, and of the board's outreach."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.checklist.services import OwnFigure
from manabiya.law.era import parse_date


class DayField(forms.CharField):
    """A day as people write it: 2026年11月20日, 令和8年11月20日, 2026/11/20."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=30,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> date:
        """Return the day, or say what is wrong with it."""
        text = super().clean(value)
        try:
            return parse_date(text)
        except ValueError as error:
            raise forms.ValidationError(
                _("%(reason)s。2026年11月20日 のように書いてください。"),
                params={"reason": str(error).split(":")[0]},
            ) from error


def _needed(words: Any) -> dict[str, Any]:
    return {"required": words}


class FigureForm(forms.Form):
    """A figure of the school's own."""

    use_required_attribute = False
    numerator = forms.IntegerField(
        label=_("したもの"),
        help_text=_("例 クラウドで受けた欠席の連絡の件数"),
        min_value=0,
        max_value=9_999_999,
        error_messages=_needed(_("したものの数を入れてください。")),
    )
    denominator = forms.IntegerField(
        label=_("全部"),
        help_text=_("例 欠席の連絡の全部の件数"),
        min_value=1,
        max_value=9_999_999,
        error_messages=_needed(_("全部の数を入れてください。")),
    )
    first_day = DayField(
        label=_("いつから"), error_messages=_needed(_("期間のはじめの日を入れてください。"))
    )
    last_day = DayField(
        label=_("いつまで"), error_messages=_needed(_("期間の終わりの日を入れてください。"))
    )
    source = forms.CharField(
        label=_("どこから数えたか"),
        help_text=_("例 連絡アプリの集計画面。子どもの名前は書きません。"),
        max_length=200,
        error_messages=_needed(_("どこから数えたかを書いてください。")),
    )

    @property
    def figure(self) -> OwnFigure:
        """Return what a valid form says."""
        return OwnFigure(**self.cleaned_data)


class WordsForm(forms.Form):
    """A text with a link or a note on a file."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("何をしているか"),
        help_text=_("例 職員会議の資料は、前の日までに共有フォルダーに置いている"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=_needed(_("何をしているかを、短く書いてください。")),
    )
    link = forms.CharField(
        label=_("リンクかファイルの場所"),
        help_text=_("例 共有フォルダー「職員会議」"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ServiceForm(forms.Form):
    """Another service the school does it with."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("サービスの名前"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=_needed(_("サービスの名前を書いてください。")),
    )
    since = DayField(
        label=_("いつから使っているか"),
        help_text=_("例 2025年4月1日"),
        error_messages=_needed(_("使いはじめた日を入れてください。")),
    )
    percent = forms.IntegerField(
        label=_("どのくらいしているか(%)"),
        help_text=_("わからなければ空のままにします"),
        min_value=0,
        max_value=100,
        required=False,
    )


class OutreachForm(forms.Form):
    """Owner, date and note for a school that is behind."""

    use_required_attribute = False
    school = forms.UUIDField(widget=forms.HiddenInput)
    owner = forms.ChoiceField(label=_("担当"), error_messages=_needed(_("担当を選んでください。")))
    due_on = DayField(
        label=_("いつまでに"),
        help_text=_("例 2026年12月18日"),
        error_messages=_needed(_("期日を入れてください。")),
    )
    note = forms.CharField(
        label=_("覚え"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("選んでください")), *((str(key), name) for key, name in people)]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]
