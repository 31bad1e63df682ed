"""Forms of moves inside the city and between classes. Choices are filled in ``__init__``."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from manabiya.roster.enrolling.queries import ClassChoice
from manabiya.roster.fields import DayField
from manabiya.roster.models import School

CHOOSE = ("", "選んでください")


def school_choices(schools: Iterable[School]) -> list[tuple[str, str]]:
    """Return the schools as choices."""
    return [CHOOSE, *((str(school.id), school.name) for school in schools)]


def class_words(classes: Iterable[ClassChoice]) -> list[tuple[str, str]]:
    """Return the classes as choices, each with its size and the next 出席番号."""
    words = (
        (str(c.homeroom_id), f"{c.name}({c.count}名。出席番号は{c.next_number}番になります)")
        for c in classes
    )
    return [CHOOSE, *words]


class LeaveForm(forms.Form):
    """To which school a child moves, and its last day here."""

    to_school = forms.ChoiceField(
        label="転入先の学校", error_messages={"required": "転入先の学校を選んでください。"}
    )
    last_day = DayField(
        label="学校を去る日",
        help_text="この日の24時までこの学校の児童生徒です。転入先が受け入れる日の前の日にします。",
    )

    def __init__(self, *args: Any, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_school"].choices = school_choices(schools)  # type: ignore[attr-defined]


class BoardLeaveForm(LeaveForm):
    """The board records a move by the child's number."""

    reference = forms.CharField(
        label="識別番号",
        max_length=30,
        help_text="児童生徒の識別番号(宛名番号)",
        error_messages={"required": "識別番号を入れてください。"},
    )
    field_order = ("reference", "to_school", "last_day")


class AcceptForm(forms.Form):
    """In which class a child is seated, in which grade, from which day."""

    first_day = DayField(label="受け入れる日")
    homeroom = forms.ChoiceField(
        label="学級", error_messages={"required": "学級を選んでください。"}
    )
    grade = forms.TypedChoiceField(
        label="学年", coerce=int, error_messages={"required": "学年を選んでください。"}
    )

    def __init__(
        self, *args: Any, classes: Sequence[ClassChoice], highest_grade: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        grades = [(str(grade), f"{grade}年") for grade in range(1, highest_grade + 1)]
        self.fields["homeroom"].choices = class_words(classes)  # type: ignore[attr-defined]
        self.fields["grade"].choices = [CHOOSE, *grades]  # type: ignore[attr-defined]


class ClassForm(forms.Form):
    """To which class of the school a child changes, and when."""

    homeroom = forms.ChoiceField(
        label="新しい学級", error_messages={"required": "学級を選んでください。"}
    )
    first_day = DayField(label="いつから", help_text="前の日までは、今の学級のままです。")

    def __init__(self, *args: Any, classes: Sequence[ClassChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homeroom"].choices = class_words(classes)  # type: ignore[attr-defined]
