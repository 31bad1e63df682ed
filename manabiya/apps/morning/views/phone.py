"""A report at the telephone: find the child by kana, choose, done."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from manabiya.apps.attendance import services
from manabiya.apps.attendance.services.phone import take_phone_report
from manabiya.apps.morning import queries
from manabiya.apps.morning.forms import PhoneForm
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.tenancy.ids import uuid7


def search(request: Request) -> HttpResponse:
    """Find the child; the only one found opens at once."""
    typed = request.GET.get("q", "")
    lines = queries.phone_lines(request.actor, typed=typed, today=request.today)
    if len(lines) == 1:
        return redirect(here(request, "morning-phone-report", student=lines[0].child.student_id))
    return render(request, "morning/phone.html", {"typed": typed, "lines": lines})


def report(request: Request, student: UUID) -> HttpResponse:
    """Write down what the family said about one child."""
    page = queries.phone_page(request.actor, student_id=student, today=request.today)
    form = _form(request, page)
    if request.method == "POST" and form.is_valid():
        return _take(request, page, form)
    status = 422 if request.method == "POST" else 200
    return _render(request, page, form, status=status)


def _form(request: Request, page: queries.PhonePage) -> PhoneForm:
    dates = [(day.isoformat(), _said(day, request.today)) for day in page.dates]
    data = request.POST if request.method == "POST" else None
    return PhoneForm(data, dates=dates, fetchers=list(page.fetchers), initial={"key": uuid7().hex})


def _said(day: date, today: date) -> str:
    words = date_format(day, _("n月j日(D)"))
    return _("今日 %(day)s") % {"day": words} if day == today else words


def _take(request: Request, page: queries.PhonePage, form: PhoneForm) -> HttpResponse:
    try:
        taken = take_phone_report(
            actor=request.actor,
            student_id=page.student_id,
            day=form.cleaned_data["date"],
            word=form.word(),
            key=form.cleaned_data["key"],
            now=request.now,
        )
    except services.AlreadyReported as refusal:
        return _render(request, page, form, refused=str(refusal), known=refusal.report, status=409)
    except services.AttendanceRefused as refusal:
        return _render(request, page, form, refused=str(refusal), status=409)
    words = _("%(name)sさんの%(kind)sを入れました(受付 %(number)s)。") % {
        "name": page.name,
        "kind": taken.get_kind_display(),
        "number": taken.receipt_number,
    }
    messages.success(request, words, extra_tags="done")
    if taken.status == "conflict":
        messages.warning(
            request, _("学級はもう確定しています。担任か養護教諭が直します。"), extra_tags="wait"
        )
    return redirect(here(request, "morning-phone"))


def _render(
    request: Request,
    page: queries.PhonePage,
    form: PhoneForm,
    *,
    refused: str = "",
    known: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {"page": page, "form": form, "refused": refused, "known": known}
    return render(request, "morning/phone_report.html", context, status=status)
