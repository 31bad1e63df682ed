"""Forms of families. A form never saves; it gives the words the services take."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from manabiya.law.kana import to_full_width, to_hiragana
from manabiya.roster.families.queries import KnownGuardian
from manabiya.roster.families.services import HolderWord, NewPerson, Phones, RightWord
from manabiya.roster.fields import DayField, PhoneField
from manabiya.roster.models import Guardian, GuardianRight, ParentalAuthority

MAY = (
    ("can_report", "欠席を連絡できる"),
    ("can_view", "記録を見られる"),
    ("gets_notices", "お知らせを受け取る"),
    ("can_pick_up", "迎えに来られる"),
    ("may_be_called", "電話してよい"),
)
NEW = "new"


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "時刻は 9:30 のように書いてください。"},
    )


class RightForm(forms.Form):
    """What a guardian may do for a child, and from which day."""

    relationship = forms.CharField(
        label="続柄",
        max_length=20,
        help_text="母、父、祖母、里親、施設長など",
        error_messages={"required": "続柄を書いてください。"},
    )
    may = forms.MultipleChoiceField(
        label="できること", choices=MAY, required=False, widget=forms.CheckboxSelectMultiple
    )
    call_order = forms.IntegerField(
        label="電話の順",
        min_value=1,
        max_value=99,
        error_messages={
            "required": "電話の順を数字で書いてください。",
            "min_value": "1から99までの数にしてください。",
            "max_value": "1から99までの数にしてください。",
        },
    )
    call_from = _time("電話してよい時刻(から)")
    call_until = _time("電話してよい時刻(まで)")
    work = forms.MultipleChoiceField(
        label="勤め先",
        choices=[("never_at_work", "勤め先には電話しない")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = DayField(label="いつから", help_text="前の日までは、今のままです。")

    @classmethod
    def initial_of(cls, right: GuardianRight) -> dict[str, Any]:
        """Return what the form shows of a right."""
        return {
            "relationship": right.relationship,
            "may": [name for name, _ in MAY if getattr(right, name)],
            "call_order": right.call_order,
            "call_from": right.call_from,
            "call_until": right.call_until,
            "work": ["never_at_work"] if right.never_at_work else [],
        }

    def word(self) -> RightWord:
        """Return what the form says."""
        data = self.cleaned_data
        return RightWord(
            relationship=data["relationship"].strip(),
            call_order=data["call_order"],
            call_from=data["call_from"],
            call_until=data["call_until"],
            never_at_work=bool(data["work"]),
            **{name: name in data["may"] for name, _ in MAY},
        )


class PhonesForm(forms.Form):
    """The numbers of a guardian."""

    phone = PhoneField(label="携帯などの電話")
    phone_home = PhoneField(label="自宅の電話")
    phone_work = PhoneField(label="勤め先の電話")

    def phones(self) -> Phones:
        """Return what the form says."""
        return Phones(**{name: self.cleaned_data[name] for name in PhonesForm.base_fields})


class AddForm(PhonesForm, RightForm):
    """A new guardian: somebody known to the family, or a new person."""

    who = forms.ChoiceField(label="だれを加えますか", widget=forms.RadioSelect)
    family_name = forms.CharField(label="姓", max_length=60, required=False)
    given_name = forms.CharField(label="名", max_length=60, required=False)
    family_kana = forms.CharField(label="姓のかな", max_length=60, required=False)
    given_kana = forms.CharField(label="名のかな", max_length=60, required=False)
    kind = forms.ChoiceField(
        label="立場",
        choices=Guardian.Kind.choices,
        initial=Guardian.Kind.PERSON,
        required=False,
        widget=forms.RadioSelect,
    )
    facility_name = forms.CharField(
        label="施設の名前", max_length=60, required=False, help_text="施設長のときだけ書きます。"
    )

    def __init__(self, *args: Any, known: Sequence[KnownGuardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(line.guardian_id), f"{line.name}({line.why})") for line in known]
        self.fields["who"].choices = [(NEW, "新しい人"), *choices]  # type: ignore[attr-defined]
        self.fields["starts_on"].help_text = ""

    def clean_family_kana(self) -> str:
        """Return the kana as hiragana."""
        return to_hiragana(to_full_width(self.cleaned_data["family_kana"]))

    def clean_given_kana(self) -> str:
        """Return the kana as hiragana."""
        return to_hiragana(to_full_width(self.cleaned_data["given_kana"]))

    def person(self) -> NewPerson | UUID:
        """Return the person chosen or written."""
        data = self.cleaned_data
        if data["who"] != NEW:
            return UUID(data["who"])
        names = ("family_name", "given_name", "family_kana", "given_kana", "facility_name")
        return NewPerson(
            **{name: data[name] for name in names},
            kind=data["kind"] or Guardian.Kind.PERSON,
            phones=self.phones(),
        )


class SelfForm(PhonesForm):
    """An adult student stands for himself."""

    starts_on = DayField(label="いつから")


class EndForm(forms.Form):
    """The last day of a right."""

    last_day = DayField(
        label="最後の日", help_text="この日の24時まで使えます。昨日にすると、すぐに止まります。"
    )


class AuthorityForm(forms.Form):
    """Who holds 親権 from a day on, and the document that was seen."""

    document = forms.CharField(
        label="確かめた書類",
        max_length=60,
        help_text="戸籍全部事項証明書、審判書など",
        error_messages={"required": "確かめた書類を書いてください。"},
    )
    seen_on = DayField(label="確かめた日")
    starts_on = DayField(label="いつから", help_text="前の登録は、この日の前の日に終わります。")

    def __init__(self, *args: Any, guardians: Sequence[Guardian], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", "持たない"), ("none", "持つ(登録していない人)")]
        people += [(str(person.id), person.name) for person in guardians]
        for holder, label in ParentalAuthority.Holder.choices:
            self.fields[holder] = forms.ChoiceField(label=label, choices=people, required=False)
        self.order_fields([*ParentalAuthority.Holder.values, "document", "seen_on", "starts_on"])

    def holders(self) -> list[HolderWord]:
        """Return the holders chosen."""
        chosen = [(h, self.cleaned_data[h]) for h in ParentalAuthority.Holder.values]
        return [HolderWord(h, None if c == "none" else UUID(c)) for h, c in chosen if c]
