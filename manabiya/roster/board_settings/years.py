"""学期と長期休業 in 市の決まり: a section for each kind of school the city has."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided, decided
from manabiya.law.school_year import first_day, school_year_of
from manabiya.roster.board_settings.policies import YEAR_PLAN_SET
from manabiya.roster.board_settings.services import drop_year_plan, set_year_plan
from manabiya.roster.models import School, YearPlan
from manabiya.roster.queries.years import year_plan
from manabiya.roster.year_rules import FIRST, NAMES_OF_TERMS, YearRefused, read_day, read_span

YEARS_AHEAD = 3
VACATIONS = {
    "spring": "学年始休業",
    "summer": "夏季休業",
    "autumn": "秋季休業",
    "winter": "冬季休業",
    "end": "学年末休業",
}


class DaysField(forms.CharField):
    """A day as 7/25 or two as 7/25〜8/20, of whatever year; cleaned by ``read``, None for none."""

    def __init__(self, label: Any, read: Callable[[str], Any], *, required: bool = False) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=24,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": gettext_lazy("日を入れてください。")},
        )
        self.read = read

    def clean(self, value: Any) -> Any:
        """Return what ``read`` makes of the text."""
        text = str(super().clean(value))
        try:
            return self.read(text) if text else None
        except YearRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


class YearPlanForm(forms.Form):
    """From which school year; when the terms begin; the vacations, each with both days."""

    school_year = forms.TypedChoiceField(label=gettext_lazy("何年度から"), coerce=int)
    second = DaysField(gettext_lazy("2番目の学期の始まり"), read_day, required=True)
    third = DaysField(gettext_lazy("3番目の学期の始まり"), read_day)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(year, year + YEARS_AHEAD + 1)
        self.fields["school_year"].choices = [(n, _("%(n)s年度") % {"n": n}) for n in years]  # type: ignore[attr-defined]
        self.fields["second"].help_text = _("例: 8/21。はじめの学期は4月1日からです。")
        self.fields["third"].help_text = _("空にすると、前期と後期の二つになります。")
        for key, name in VACATIONS.items():
            self.fields[key] = DaysField(name, read_span)
        self.fields["spring"].help_text = _("例: 4/1〜4/6。ない休業は空のままにします。")


def plan_of(values: Mapping[str, Any]) -> tuple[list[list[str]], list[list[str]]]:
    """Return terms and vacations as :class:`YearPlan` keeps them, from the form's values."""
    starts = [FIRST, values["second"], *([values["third"]] if values["third"] else [])]
    terms = [list(pair) for pair in zip(NAMES_OF_TERMS[len(starts)], starts, strict=True)]
    vacations = [[name, *values[key]] for key, name in VACATIONS.items() if values[key]]
    return terms, vacations


def _read(kind: str, *, actor: Actor, day: date) -> Decided | None:
    if not School.objects.filter(kind=kind).exists():
        return None
    rows = YearPlan.objects.filter(school_kind=kind)
    note = _("年度の授業日を学校に入れるときに使います。もう入っている年度は変わりません。")
    return decided(rows, YearPlan(), words=_words, day=day, notes=[note])


def _words(row: YearPlan) -> Iterable[tuple[str, str]]:
    nothing = _("決めていません")
    terms = "、".join(f"{name} {_said(first)}から" for name, first in row.terms)
    yield _("学期"), terms or nothing
    vacations = "、".join(
        f"{name} {_said(first)}〜{_said(last)}" for name, first, last in row.vacations
    )
    yield _("長期休業"), vacations or (_("なし") if row.terms else nothing)


def _said(day: str) -> str:
    month, number = day.split("-")
    return _("%(month)s月%(day)s日") % {"month": int(month), "day": int(number)}


def _slashed(day: str) -> str:
    month, number = day.split("-")
    return f"{int(month)}/{int(number)}"


def _form(kind: str, *, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> YearPlanForm:
    year = school_year_of(day)
    initial: dict[str, Any] = {"school_year": year + 1}
    plan = year_plan(kind, first_day(year + 1))
    if plan is not None:
        starts = [first for _name, first in plan.terms[1:]]
        initial |= {
            key: _slashed(first) for key, first in zip(("second", "third"), starts, strict=False)
        }
        keys = {name: key for key, name in VACATIONS.items()}
        for name, first, last in plan.vacations:
            if name in keys:
                initial[keys[name]] = f"{_slashed(first)}〜{_slashed(last)}"
    return YearPlanForm(posted, initial=initial, year=year)


def _save(kind: str, *, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    terms, vacations = plan_of(values)
    row = set_year_plan(
        actor=actor,
        school_kind=kind,
        school_year=values["school_year"],
        terms=terms,
        vacations=vacations,
        now=now,
    )
    begins: date = row.valid_from
    return begins


def _drop(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_year_plan(actor=actor, row_id=row_id, now=now).valid_from
    return begins


def _section(order: int, kind: School.Kind) -> BoardSettings:
    return BoardSettings(
        key=f"year-{kind.value.split('_')[0]}",
        label=f"{kind.label}の学期と長期休業",
        lead="学校管理規則の学期と長期休業を、年度の初めから変えます。"
        "学校が自分の学期を決めているときは、学校の学期になります。",
        policy=YEAR_PLAN_SET,
        read=partial(_read, kind.value),
        form=partial(_form, kind.value),
        save=partial(_save, kind.value),
        drop=_drop,
        order=order,
    )


SECTIONS = tuple(_section(order, kind) for order, kind in enumerate(School.Kind, start=60))
