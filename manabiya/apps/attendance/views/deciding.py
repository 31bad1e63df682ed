"""The deeds on a period: each one form of its page, answered with the page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.attendance import excused, services
from manabiya.apps.attendance.forms.decisions import (
    DaysForm,
    FacilityDaysForm,
    ReasonForm,
    ReliefForm,
    VersionForm,
)
from manabiya.apps.attendance.models import ExcusedPeriod
from manabiya.apps.attendance.policies import PERIOD_VIEW
from manabiya.apps.attendance.views.decisions import period_page
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.ui.deeds import do_and_answer


def _done(
    request: Request,
    period: UUID,
    form: Form,
    name: str,
    deed: Callable[[dict[str, Any]], ExcusedPeriod],
    said: str | Callable[[ExcusedPeriod], str],
    query: str = "",
) -> HttpResponse:
    """Do the deed with what the form says; a refusal shows the page as it is now.

    ``query``: what the page is asked for afterwards.
    """
    PERIOD_VIEW.get(request.actor, ExcusedPeriod.objects.all(), pk=period)

    def show(words: str, status: int) -> HttpResponse:
        kept = {name: form} if status == 422 else {}
        return period_page(request, period, refused=words, status=status, **kept)

    return do_and_answer(
        request, form, deed, refusals=services.AttendanceRefused, show=show, said=said,
        onward=here(request, "attendance-period", period=period) + query,
    )  # fmt: skip


def _decided(period: ExcusedPeriod) -> str:
    if period.kind == excused.DEEMED_PRESENT:
        return _("決めました。「通った日」に入れた日が、出席扱いになります。")
    return _("決めました。はじめの日までさかのぼって出欠を改めました。")


@require_POST
def decide(request: Request, period: UUID) -> HttpResponse:
    """Decide as it was proposed."""
    return _done(
        request, period, VersionForm(request.POST), "decide_form",
        lambda data: services.decide_period(
            actor=request.actor, period_id=period, now=request.now, version=data["version"]
        ),
        _decided,
    )  # fmt: skip


@require_POST
def decline(request: Request, period: UUID) -> HttpResponse:
    """Decline with a reason."""
    return _done(
        request, period, ReasonForm(request.POST), "reason_form",
        lambda data: services.decline_period(
            actor=request.actor, period_id=period, now=request.now, **data
        ),
        _("見送りました。日は欠席のままです。"),
    )  # fmt: skip


@require_POST
def withdraw(request: Request, period: UUID) -> HttpResponse:
    """Withdraw a proposal."""
    return _done(
        request, period, ReasonForm(request.POST), "reason_form",
        lambda data: services.withdraw_period(
            actor=request.actor, period_id=period, now=request.now, **data
        ),
        _("申し出を取り下げました。"),
    )  # fmt: skip


@require_POST
def revoke(request: Request, period: UUID) -> HttpResponse:
    """Take a decision back."""
    return _done(
        request, period, ReasonForm(request.POST), "reason_form",
        lambda data: services.revoke_period(
            actor=request.actor, period_id=period, now=request.now, **data
        ),
        _("決定を取り消しました。日は欠席に戻りました。"),
    )  # fmt: skip


@require_POST
def relief(request: Request, period: UUID) -> HttpResponse:
    """Note the day of 解熱 or 軽快."""
    return _done(
        request, period, ReliefForm(request.POST), "relief_form",
        lambda data: services.note_relief(
            actor=request.actor, period_id=period, now=request.now, **data
        ),
        _("日を入れました。登校できる最初の日が決まりました。"),
    )  # fmt: skip


@require_POST
def move(request: Request, period: UUID) -> HttpResponse:
    """Change the days, or end the period."""
    form = DaysForm(request.POST)
    return _done(
        request, period, form, "days_form",
        lambda data: services.move_period(
            actor=request.actor, period_id=period, days=form.days(), is_over=data["is_over"],
            reason=data["reason"], version=data["version"], now=request.now,
        ),
        _("期間を改めました。前の値も残っています。"),
    )  # fmt: skip


@require_POST
def facility_days(request: Request, period: UUID) -> HttpResponse:
    """Note on which days of a month the child learned at its facility."""
    form = FacilityDaysForm(request.POST)
    month = form["month"].value() or ""
    return _done(
        request, period, form, "facility_form",
        lambda data: services.note_facility_days(
            actor=request.actor, period_id=period, now=request.now, month=data["month"],
            visited=data["day"], version=data["version"],
        ),
        _("通った日を保存しました。欠席だった日は出席扱いになりました。"),
        f"?month={quote(month)}#days",
    )  # fmt: skip
