"""Forms of class papers."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class PhotosForm(forms.Form):
    """Photos of a class; whose each is follows from its name."""

    photos = forms.FileField(
        label=_("写真"),
        widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
        help_text=_("ファイルの名前の最後の数を出席番号と読みます(例 3-1-05.jpg)"),
        error_messages={"required": _("写真を選んでください。")},
    )
