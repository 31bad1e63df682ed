"""What a school writes of a practice, and the one-line words about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from manabiya.apps.practices.services import PracticeWord
from manabiya.kernel.registry import registry
from manabiya.law.checklist_items import ITEMS


def _text(label: Any, most: int, rows: int, ask: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": ask,
            "max_length": _("%(limit_value)d文字までで書いてください。"),
        },
    )


class PracticeForm(forms.Form):
    """A practice; ``version``: the one that was opened (of a new one: 1)."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, initial=1)
    item = forms.ChoiceField(
        label=_("チェックリストの項目"),
        error_messages={"required": _("どの項目の事例かを選んでください。")},
    )
    title = forms.CharField(
        label=_("題"),
        max_length=60,
        error_messages={
            "required": _("題を書いてください。"),
            "max_length": _("60文字までで書いてください。"),
        },
    )
    before = _text(_("取り組む前"), 600, 4, _("取り組む前のようすを書いてください。"))
    after = _text(_("いま"), 600, 4, _("いまのようすを書いてください。"))
    steps = _text(_("手順"), 2000, 8, _("手順を、一行に一つずつ書いてください。"))
    contact = forms.CharField(
        label=_("問い合わせ先"),
        max_length=80,
        error_messages={
            "required": _("問い合わせ先を書いてください。"),
            "max_length": _("80文字までで書いてください。"),
        },
    )
    setup = forms.ChoiceField(label=_("ほかの学校が写せる設定"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [(key, item.label) for key, item in ITEMS.items()]
        self.fields["item"].choices = [("", _("選んでください")), *items]  # type: ignore[attr-defined]
        setups = [(key, setup.label) for key, setup in registry.setups.items()]
        self.fields["setup"].choices = [("", _("なし")), *setups]  # type: ignore[attr-defined]

    def word(self) -> PracticeWord:
        """Return what was written, as the service takes it."""
        data = self.cleaned_data
        return PracticeWord(**{name: data[name] for name in data if name != "version"})


class VersionForm(forms.Form):
    """A deed on a practice as it was shown."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RecommendForm(VersionForm):
    """Why the board recommends it."""

    words = forms.CharField(
        label=_("すすめる言葉"),
        max_length=200,
        error_messages={
            "required": _("すすめる言葉を、一言書いてください。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )


class TriedForm(forms.Form):
    """How it went."""

    words = forms.CharField(
        label=_("やってみてどうでしたか"),
        max_length=200,
        error_messages={
            "required": _("やってみてどうだったかを、一言書いてください。"),
            "max_length": _("200文字までで書いてください。"),
        },
    )


class PaperForm(VersionForm):
    """A file to attach."""

    file = forms.FileField(
        label=_("添付するファイル"),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("このファイルは空です。ファイルを確かめてください。"),
        },
    )
