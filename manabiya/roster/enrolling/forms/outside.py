"""Forms of moves out of the city and from outside."""

from collections.abc import Sequence
from typing import Any

from django import forms

from manabiya.law.kana import to_full_width, to_hiragana
from manabiya.roster.enrolling import rules
from manabiya.roster.enrolling.forms.inside import CHOOSE, AcceptForm
from manabiya.roster.enrolling.queries import ClassChoice
from manabiya.roster.enrolling.services import Destination, NewStudent, Origin
from manabiya.roster.fields import DayField
from manabiya.roster.models import Enrollment, Student

KINDS = {
    Enrollment.Exit.TRANSFER_OUT: "転学(市外の学校、国立・私立の学校へ)",
    Enrollment.Exit.WITHDRAWAL: "退学(外国へ移る、学齢を過ぎた)",
    Enrollment.Exit.POSTPONEMENT: "就学猶予",
    Enrollment.Exit.EXEMPTION: "就学免除",
    Enrollment.Exit.WHEREABOUTS_UNKNOWN: "居所不明(1年以上)",
    Enrollment.Exit.DEATH: "死亡",
}
ENTRIES = {
    Enrollment.Entry.TRANSFER_IN: "転入学(市外の学校、国立・私立の学校から)",
    Enrollment.Entry.LATE_ADMISSION: "編入学(外国から、猶予・免除の終わり)",
}


def _text(label: str, most: int, help_text: str = "", *, required: bool = False) -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": f"{label}を書いてください。"},
    )


class DepartForm(forms.Form):
    """How a child leaves the schools of the city, its last day, and where it goes."""

    kind = forms.ChoiceField(
        label="どのように去りますか",
        choices=[CHOOSE, *KINDS.items()],
        error_messages={"required": "去り方を選んでください。"},
    )
    last_day = DayField(
        label="学校を去る日", help_text="この日の24時まで、この学校の児童生徒です。"
    )
    destination = _text("移る先の学校か国", 80, "転学と退学のときに書きます。")
    destination_place = _text("移る先の所在地", 120)
    note = _text("事由", 200)

    def where(self) -> Destination:
        """Return where the child goes, and why."""
        data = self.cleaned_data
        return Destination(data["destination"], data["destination_place"], data["note"])


class BoardDepartForm(DepartForm):
    """The board records it by the child's number."""

    reference = _text("識別番号", 30, "児童生徒の識別番号(宛名番号)", required=True)
    field_order = ("reference",)


class AdmitForm(AcceptForm):
    """Who comes from outside the city, from where, into which class."""

    reference = _text("識別番号", 30, "教育委員会の宛名番号", required=True)
    family_name = _text("姓", 60, required=True)
    given_name = _text("名", 60, required=True)
    family_kana = _text("姓のかな", 60, required=True)
    given_kana = _text("名のかな", 60, required=True)
    birth_date = DayField(label="生年月日")
    sex = forms.ChoiceField(
        label="性別",
        choices=[CHOOSE, *Student.Sex.choices],
        error_messages={"required": "性別を選んでください。"},
    )
    entry = forms.ChoiceField(label="入り方", choices=list(ENTRIES.items()))
    origin = _text("前の学校か国", 80, required=True)
    origin_place = _text("前の学校の所在地", 120)
    note = _text("事由", 200)
    sure = forms.MultipleChoiceField(
        label="学年の確かめ",
        choices=[("yes", "生年月日からの学年と違うことを、確かめました")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (
        "reference", "family_name", "given_name", "family_kana", "given_kana", "birth_date", "sex",
        "entry", "origin", "origin_place", "note", "first_day", "homeroom", "grade", "sure",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        classes: Sequence[ClassChoice],
        highest_grade: int,
        kind: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, classes=classes, highest_grade=highest_grade, **kwargs)
        self.kind = kind

    def clean_family_kana(self) -> str:
        """Return the kana as hiragana."""
        return to_hiragana(to_full_width(self.cleaned_data["family_kana"]))

    def clean_given_kana(self) -> str:
        """Return the kana as hiragana."""
        return to_hiragana(to_full_width(self.cleaned_data["given_kana"]))

    def clean(self) -> dict[str, Any]:
        """Ask once more when grade and birth date don't fit."""
        data = super().clean() or self.cleaned_data
        born, day, grade = data.get("birth_date"), data.get("first_day"), data.get("grade")
        known = born and day and grade and not data.get("sure")
        if known and not rules.is_grade_of_age(born, grade, self.kind, day):  # type: ignore[arg-type]
            self.add_error(
                "sure", "生年月日からの学年と違います。まちがいなければ、ここに印を付けてください。"
            )
        return data

    def person(self) -> NewStudent:
        """Return who comes."""
        names = ("reference", "family_name", "given_name", "family_kana", "given_kana")
        data = self.cleaned_data
        return NewStudent(
            **{name: data[name] for name in names}, birth_date=data["birth_date"], sex=data["sex"]
        )

    def origin_word(self) -> Origin:
        """Return where the child comes from, and why."""
        data = self.cleaned_data
        return Origin(data["origin"], data["origin_place"], data["note"])
