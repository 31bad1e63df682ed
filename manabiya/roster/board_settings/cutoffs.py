"""欠席連絡の締切 in 市の決まり."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import BoardSettings, Decided, decided
from manabiya.roster.board_settings.forms import FromDayForm
from manabiya.roster.board_settings.policies import CUTOFF_SET
from manabiya.roster.board_settings.services import ONE_DAY, drop_report_cutoff, set_report_cutoff
from manabiya.roster.models import ReportCutoff
from manabiya.roster.queries.cutoffs import city_cutoff, own_cutoffs


class CutoffForm(FromDayForm):
    """From which day, and until when."""

    cutoff = forms.TimeField(
        label=gettext_lazy("欠席連絡の締切"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "required": gettext_lazy("時刻を入れてください。"),
            "invalid": gettext_lazy("時刻を選びなおしてください。"),
        },
    )


def _read(*, actor: Actor, day: date) -> Decided:
    count = len(own_cutoffs(day))
    note = _("自分の締切のある学校が%(n)s校あります(夜間など)。そこは変わりません。")
    notes = [note % {"n": count}] if count else []
    rows = ReportCutoff.objects.filter(school=None)
    return decided(rows, ReportCutoff(), words=_words, day=day, notes=notes)


def _words(row: ReportCutoff) -> Iterable[tuple[str, str]]:
    yield _("欠席連絡の締切"), f"{row.cutoff:%-H:%M}"


def _form(*, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> CutoffForm:
    return CutoffForm(posted, initial={"valid_from": day + ONE_DAY, "cutoff": city_cutoff(day)})


def _save(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> date:
    begins: date = set_report_cutoff(actor=actor, now=now, **values).valid_from
    return begins


def _drop(*, actor: Actor, row_id: UUID, now: datetime) -> date:
    begins: date = drop_report_cutoff(actor=actor, row_id=row_id, now=now).valid_from
    return begins


SECTION = BoardSettings(
    key="cutoff",
    label="欠席連絡の締切",
    lead="保護者が連絡を変えたり取り消したりできるのは、この時刻までです。"
    "過ぎた連絡も届き、「締切後」と出ます。あしたからの日を選びます。",
    policy=CUTOFF_SET,
    read=_read,
    form=_form,
    save=_save,
    drop=_drop,
    order=10,
)
