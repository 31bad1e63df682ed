"""出席簿: the classes by month, a month with its steps, its files, and corrections."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.attendance.queries import months_of_year
from manabiya.apps.register import papers, policies, queries, services, showing
from manabiya.apps.register.document import SUMS
from manabiya.apps.register.files import XLSX, as_file
from manabiya.apps.register.forms import AnswerForm, CorrectionForm
from manabiya.apps.register.models import CorrectionRequest
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.kernel.exchange import to_xlsx
from manabiya.law.school_year import school_year_of


def overview(request: Request) -> HttpResponse:
    """List the classes and the state of each month."""
    lines = queries.overview(request.actor, today=request.today)
    months = months_of_year(school_year_of(request.today), request.today)[::-1]
    waiting = queries.waiting_for_confirmation(request.actor, request.today)
    context = {
        "lines": lines,
        "months": months,
        "waiting": waiting,
        "clean": [one for one in waiting if one.is_clean],
    }
    return render(request, "register/overview.html", context)


def month(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Show a month, live or as it was written down, with the step that comes next."""
    return _page(request, homeroom, month)


@require_POST
def check(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Take the step 点検."""
    return _step(request, homeroom, month, services.check_month, _("点検しました。"))


@require_POST
def close(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Take the step 締め."""
    said = _("締めました。これからの直しは訂正になります。")
    return _step(request, homeroom, month, services.close_month, said)


@require_POST
def confirm(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Take the step 確認."""
    return _step(request, homeroom, month, services.confirm_month, _("確認しました。"))


def ask(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Ask for a correction of a closed month."""
    page = _read(request, homeroom, month)
    if page.version is None:
        raise Http404
    form = CorrectionForm(page.document, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.ask_correction(
                    actor=request.actor,
                    homeroom_id=homeroom,
                    month=month,
                    entries=form.entries(),
                    reason=form.cleaned_data["reason"],
                    now=request.now,
                )
                messages.success(
                    request, _("訂正を申し出ました。校長の承認を待ちます。"), extra_tags="done"
                )
                return redirect(here(request, "register-month", homeroom=homeroom, month=month))
            except services.RegisterRefused as refusal:
                form.add_error(None, str(refusal))
                status = 409
    context = {"page": page, "form": form, "title": papers.title_of(page.document)}
    return render(request, "register/correction.html", context, status=status)


@require_POST
def decide(request: Request, correction: UUID) -> HttpResponse:
    """Approve a correction, or send it back with a word."""
    row = policies.CORRECTION_DECIDE.get(
        request.actor, CorrectionRequest.objects.all(), pk=correction
    )
    form = AnswerForm(request.POST)
    is_approved = request.POST.get("decision") == "approve"
    try:
        if is_approved:
            services.approve_correction(actor=request.actor, request_id=correction, now=request.now)
        else:
            answer = form.cleaned_data["answer"] if form.is_valid() else ""
            services.decline_correction(
                actor=request.actor, request_id=correction, answer=answer, now=request.now
            )
    except services.RegisterRefused as refusal:
        return _page(request, row.homeroom_id, row.month, refused=refusal, status=409)
    said = _("訂正を承認しました。新しい版ができました。") if is_approved else _("差し戻しました。")
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "register-month", homeroom=row.homeroom_id, month=row.month))


def paper(request: Request, homeroom: UUID, month: date, kind: str) -> HttpResponse:
    """Give the month as ``pdf`` or ``xlsx``; of a version where the address says which."""
    page = _read(request, homeroom, month)
    name = f"{page.homeroom.name}出席簿{month:%Y-%m}"
    if kind == "xlsx":
        return as_file(to_xlsx(papers.month_table(page.document)), XLSX, f"{name}.xlsx")
    if kind != "pdf":
        raise Http404
    totals = queries.year_totals(
        page.homeroom.school_id,
        page.homeroom.school_year,
        month,
        students={row["student"] for row in page.document["rows"]},
    )
    standing = papers.Standing(
        state=page.state,
        version=page.version.number if page.version else 0,
        sha256=page.version.sha256 if page.version else "",
        so_far={student: total.sums for student, total in totals.items()},
    )
    content = papers.month_pdf(page.document, standing, real_now())
    return as_file(content, "application/pdf", f"{name}.pdf", inline=True)


def _read(request: Request, homeroom: UUID, month: date) -> queries.MonthPage:
    asked = request.GET.get("version", "")
    return queries.month_page(
        request.actor,
        homeroom_id=homeroom,
        month=month,
        today=request.today,
        number=int(asked) if asked.isdecimal() else None,
    )


def _step(
    request: Request, homeroom: UUID, month: date, deed: Callable[..., Any], said: str
) -> HttpResponse:
    try:
        deed(actor=request.actor, homeroom_id=homeroom, month=month, now=request.now)
    except services.RegisterRefused as refusal:
        return _page(request, homeroom, month, refused=refusal, status=409)
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "register-month", homeroom=homeroom, month=month))


def _page(request: Request, homeroom: UUID, month: date, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    page = _read(request, homeroom, month)
    document = page.document
    context |= {
        "page": page,
        "document": document,
        "title": papers.title_of(document),
        "line": papers.class_line(document),
        "principals": papers.said_officers(document["principals"]),
        "teachers": papers.said_officers(document["teachers"]),
        "labels": papers.labels_of(document),
        "corrections": showing.correction_lines(document),
        "sums": SUMS.values(),
        "is_newest": not page.version or page.version == page.versions[0],
        "is_done": isinstance(context.get("refused"), services.AlreadyDone),
        "todos": showing.todos(page.obstacles),
        "turn": showing.turn(page, request.actor, request.today),
        "request_lines": showing.request_lines(page),
        "answer": AnswerForm(),
    }
    return render(request, "register/month.html", context, status=status)
