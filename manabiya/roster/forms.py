"""Forms of the roster. Choices are filled in ``__init__``: only what the actor may choose."""

from typing import TYPE_CHECKING, Any

from django import forms

from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Homeroom, StaffMember
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import COVER_NAME

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[StaffMember]
else:
    _ModelChoiceField = forms.ModelChoiceField


class StaffChoice(_ModelChoiceField):
    """A staff member shown by name."""

    def label_from_instance(self, member: StaffMember) -> str:
        """Return the name."""
        return member.name


class CoverForm(forms.Form):
    """Who stands in for which class today."""

    homeroom: Any = forms.ModelChoiceField(
        label="学級",
        queryset=None,
        empty_label="選んでください",
        error_messages={
            "required": "学級を選んでください。",
            "invalid_choice": "この学校の学級を選んでください。",
        },
    )
    staff_member: Any = StaffChoice(
        label="代理に入る人",
        queryset=None,
        empty_label="選んでください",
        error_messages={
            "required": "代理に入る人を選んでください。",
            "invalid_choice": "この学校の人を選んでください。",
        },
    )

    def __init__(self, *args: Any, actor: Actor, school_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homerooms = Homeroom.objects.filter(school_year=school_year).order_by("position", "name")
        staff = (
            StaffMember.objects.filter(appointments__in=_current(actor))
            .order_by("kana_key", "id")
            .distinct()
        )
        self.fields["homeroom"].queryset = COVER_NAME.filter(actor, homerooms)  # type: ignore[attr-defined]
        self.fields["staff_member"].queryset = COVER_NAME.filter(actor, staff)  # type: ignore[attr-defined]


def _current(actor: Actor) -> Any:
    from manabiya.roster.models import Appointment

    return Appointment.objects.filter(on_day(actor.today), school_id=actor.school_id).values("id")
