"""欠席連絡の締切 of single schools in 市の決まり."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided
from manabiya.kernel.registry.board_settings import DecidedLine, DecidedValue
from manabiya.roster.board_settings.cutoffs import CutoffForm
from manabiya.roster.board_settings.policies import CUTOFF_SET
from manabiya.roster.board_settings.services import (
    ONE_DAY,
    drop_report_cutoff,
    set_school_cutoff,
)
from manabiya.roster.models import ReportCutoff, School
from manabiya.roster.queries.cutoffs import own_cutoffs

OWN, CITYS = "own", "city"


class SchoolCutoffForm(CutoffForm):
    """Which school, its own hour or the city's, and from which day."""

    field_order = ("school", "whose", "cutoff", "valid_from")

    school = forms.ChoiceField(
        label=gettext_lazy("学校"),
        error_messages={"required": gettext_lazy("学校を選んでください。")},
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("どちらの締切にしますか"),
        choices=[(OWN, gettext_lazy("学校の時刻")), (CITYS, gettext_lazy("市の締切にもどす"))],
        initial=OWN,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("どちらかを選んでください。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.order_by("name").values_list("id", "name")
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("選ぶ")), *((str(key), name) for key, name in schools)]
        self.fields["cutoff"].required = self.data.get("whose") != CITYS


def _read(*, actor: Actor, day: date) -> Decided:
    names = dict(School.objects.values_list("id", "name"))
    rows = list(ReportCutoff.objects.exclude(school=None).order_by("valid_from", "school__name"))
    begun = [row for row in rows if row.valid_from <= day]
    holding = {row.school_id: row for row in begun}
    own = [DecidedValue(names[key], _said(hour)) for key, hour in own_cutoffs(day).items()]
    newest = begun[-1] if begun else None
    past = [row for row in reversed(begun) if holding[row.school_id] is not row]
    return Decided(
        now=DecidedLine(
            begins=newest.valid_from if newest else None,
            values=tuple(own) or (DecidedValue(_("学校の時刻"), _("なし")),),
            set_by=newest.set_by if newest else None,
            set_at=newest.set_at if newest else None,
        ),
        coming=tuple(_line(row, names) for row in rows if row.valid_from > day),
        past=tuple(_line(row, names) for row in past),
    )


def _line(row: ReportCutoff, names: Mapping[UUID, str]) -> DecidedLine:
    word = _("市の締切") if row.follows_city else _said(row.cutoff)
    assert row.school_id is not None
    value = DecidedValue(names[row.school_id], word, is_new=True)
    return DecidedLine(row.valid_from, (value,), row.set_by, row.set_at, row.pk)


def _said(hour: Any) -> str:
    return f"{hour:%-H:%M}"


def _form(*, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> SchoolCutoffForm:
    return SchoolCutoffForm(posted, initial={"valid_from": day + ONE_DAY, "whose": OWN})


def _save(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    begins: date = set_school_cutoff(
        actor=actor,
        school_id=UUID(values["school"]),
        valid_from=values["valid_from"],
        cutoff=None if values["whose"] == CITYS else values["cutoff"],
        now=now,
    ).valid_from
    return begins


def _drop(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_report_cutoff(actor=actor, row_id=row_id, now=now).valid_from
    return begins


SECTION = BoardSettings(
    key="school-cutoff",
    label="学校ごとの締切",
    lead="夜間の学級のある学校のように、市の締切と時刻がちがう学校だけを決めます。"
    "あしたからの日を選びます。",
    policy=CUTOFF_SET,
    read=_read,
    form=_form,
    save=_save,
    drop=_drop,
    order=11,
)
