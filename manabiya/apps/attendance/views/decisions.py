"""出席停止, 忌引, 出席扱い, 変災: the list, a proposal, a period with its history."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.attendance import excused, queries, services
from manabiya.apps.attendance.forms.decisions import (
    DaysForm,
    DelegationForm,
    ProposalForm,
    ReasonForm,
    ReliefForm,
)
from manabiya.apps.attendance.models import AbsenceReport, ExcusedPeriod
from manabiya.apps.attendance.queries.decisions import Proposing, proposing
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request

Kind = ExcusedPeriod.Kind


def decisions(request: Request) -> HttpResponse:
    """Show what waits, what holds and what nobody proposed yet."""
    page = queries.decisions_of(request.actor, today=request.today)
    return render(request, "attendance/decisions/list.html", {"page": page})


def propose(request: Request, student: UUID, date: date) -> HttpResponse:
    """Propose a period of a child, prefilled with the day and what its guardian reported."""
    child = proposing(request.actor, student_id=student, day=date)
    kind = _kind(request, child)
    if request.method == "POST":
        form = ProposalForm(request.POST, kind=kind)
        if form.is_valid():
            try:
                period = services.propose_period(
                    actor=request.actor, student_id=student, word=form.word(), now=request.now
                )
            except services.AttendanceRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("申し出ました。決まるまで待ちます。"), extra_tags="done"
                )
                return redirect(here(request, "attendance-period", period=period.id))
        return _proposal(request, child, form, kind, status=422)
    return _proposal(request, child, ProposalForm(initial=_initial(child, kind), kind=kind), kind)


def _kind(request: Request, child: Proposing) -> str:
    said = request.POST.get("kind") or request.GET.get("kind")
    if said in Kind.values:
        return str(said)
    reason = child.report.reason if child.report else ""
    found = next((kind for kind, word in excused.REASONS.items() if word == reason), None)
    return found or excused.SUSPENSION


def _initial(child: Proposing, kind: str) -> dict[str, Any]:
    report = child.report
    found = {"kind": kind, "first_day": child.day}
    if report is not None and report.reason == AbsenceReport.Reason.INFECTION:
        found["disease"] = report.disease
    return found


def _proposal(
    request: Request, child: Proposing, form: ProposalForm, kind: str, status: int = 200
) -> HttpResponse:
    context = {"child": child, "form": form, "kind": kind, "kinds": Kind.choices}
    return render(request, "attendance/decisions/propose.html", context, status=status)


def period(request: Request, period: UUID) -> HttpResponse:
    """Show a period with everything needed to decide, and its history."""
    return period_page(request, period)


def period_page(
    request: Request, period: UUID, *, refused: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    """Render a period; ``forms``: those sent back with what was typed."""
    page = queries.excused_page(
        request.actor, period_id=period, today=request.today, month=_month(request)
    )
    row = page.period
    seen = {"version": row.version}
    context = {
        "page": page,
        "row": row,
        "refused": refused,
        "typed_days": request.POST.getlist("day") if "month" in request.POST else None,
        "reason_form": ReasonForm(initial=seen),
        "relief_form": ReliefForm(initial={**seen, "relief_on": row.relief_on}),
        "days_form": DaysForm(
            initial={**seen, "first_day": row.first_day, "last_day": row.last_day}
        ),
        **forms,
    }
    return render(request, "attendance/decisions/period.html", context, status=status)


def _month(request: Request) -> date | None:
    """Return the month asked for, None for none or none that is a date."""
    try:
        return date.fromisoformat(request.POST.get("month") or request.GET.get("month") or "")
    except ValueError:
        return None


def delegation(request: Request) -> HttpResponse:
    """Say from which day the vice principal decides too."""
    form = DelegationForm(request.POST or None, initial={"valid_from": request.today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.set_delegation(
                    actor=request.actor,
                    is_delegated_now=form.cleaned_data["is_delegated"],
                    valid_from=form.cleaned_data["valid_from"],
                    now=request.now,
                )
            except services.AttendanceRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("委任を改めました。"), extra_tags="done")
                return redirect(here(request, "attendance-delegation"))
    context = {
        "form": form,
        "rows": queries.delegations_of(request.actor),
        "is_delegated": queries.is_delegated(request.actor.at, request.today),
        "may_delegate": queries.may_delegate(request.today),
    }
    return render(request, "attendance/decisions/delegation.html", context, status=status)
