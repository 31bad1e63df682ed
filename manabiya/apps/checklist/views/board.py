"""The board's pages: the city at a glance, the plan's table, one item, the schools' progress."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.figures import (
    bands_figure,
    obstacle_figures,
    plan_figure,
    spread_figure,
    years_figure,
)
from manabiya.apps.checklist.forms import ReasonForm
from manabiya.apps.checklist.plan_table import as_csv, plan_figure_of, plan_rows
from manabiya.apps.checklist.policies import ROUND_MANAGE, SHEET_REOPEN
from manabiya.apps.checklist.shipped import shipped_set
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.checklist_points import WEIGHTS_UNKNOWN

PLAN = "r5"
"""The round a plan's table was printed for."""


def city(request: Request) -> HttpResponse:
    """Show every item of a year, city and nation side by side."""
    page = queries.city_page(request.actor, school_year=asked_year(request), today=request.today)
    return render(request, "checklist/city.html", {"page": page})


def asked_year(request: Request) -> int | None:
    """Return the school year asked for in the address, None for any other text."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


def plan(request: Request) -> HttpResponse:
    """Show the table and the figure of the plan as printed."""
    questions = shipped_set(PLAN)
    rows = plan_rows(questions)
    bands = [
        (_("80%以上"), [row for row in rows if float(row.city_percent) >= 80]),
        (_("50%未満"), [row for row in rows if float(row.city_percent) < 50]),
    ]
    figure = plan_figure_of(PLAN)
    context = {
        "questions": questions,
        "bands": bands,
        "doubts": _doubts(questions),
        "printed": figure,
        "figure": plan_figure(figure) if figure else None,
    }
    return render(request, "checklist/plan.html", context)


def _doubts(questions: Any) -> list[tuple[int, str]]:
    return [
        (row.in_plan, figure.doubt)
        for row in questions.plan_rows
        if (figure := row.figure_of("nation")) and figure.doubt
    ]


def plan_csv(request: Request) -> HttpResponse:
    """Give the table of the plan as CSV, as the command ``checklist table`` does."""
    content = as_csv(plan_rows(shipped_set(PLAN))).encode("utf-8-sig")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="checklist-{PLAN}.csv"'
    return response


def item(request: Request, item: str) -> HttpResponse:
    """Show one item: spread, kinds of schools, years, published figures."""
    page = queries.item_page(
        request.actor, item=item, school_year=asked_year(request), today=request.today
    )
    context = {
        "page": page,
        "spread": spread_figure(page),
        "years": years_figure(page),
        "obstacles": obstacle_figures(page),
    }
    return render(request, "checklist/item.html", context)


def rounds(request: Request) -> HttpResponse:
    """Show every round of city and nation side by side, with the breaks."""
    page = queries.rounds_page(request.actor)
    return render(request, "checklist/rounds.html", {"page": page, "figure": bands_figure(page)})


def progress(request: Request) -> HttpResponse:
    """List the schools with how far each is."""
    return _progress(request)


def _progress(request: Request, problem: str = "") -> HttpResponse:
    context = {
        "page": queries.progress_page(request.actor, school_year=asked_year(request)),
        "may_manage": ROUND_MANAGE.may(request.actor),
        "problem": problem,
    }
    return render(request, "checklist/progress.html", context, status=409 if problem else 200)


@require_POST
def remind(request: Request) -> HttpResponse:
    """Remind the schools that have not confirmed."""
    try:
        count = services.remind_schools(actor=request.actor, now=request.now)
    except services.ChecklistRefused as refusal:
        return _progress(request, str(refusal))
    said = _("%(count)s校の「今日」に、お願いを出しました。") % {"count": count}
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "board-checklist-progress"))


@require_POST
def close(request: Request) -> HttpResponse:
    """Close the open round."""
    try:
        services.close_round(actor=request.actor, now=request.now)
    except services.ChecklistRefused as refusal:
        return _progress(request, str(refusal))
    messages.success(request, _("締めました。市の割合は確報になりました。"), extra_tags="done")
    return redirect(here(request, "board-checklist"))


def sheet(request: Request, answer_sheet: UUID) -> HttpResponse:
    """Show one school's answers."""
    return _sheet(request, answer_sheet, ReasonForm())


def _sheet(
    request: Request, answer_sheet: UUID, form: ReasonForm, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page": queries.sheet_of(request.actor, answer_sheet, today=request.today),
        "form": form,
        "problem": problem,
        "may_reopen": SHEET_REOPEN.may(request.actor),
        "weights_unknown": WEIGHTS_UNKNOWN,
    }
    return render(request, "checklist/sheet.html", context, status=status)


@require_POST
def reopen_school(request: Request, answer_sheet: UUID) -> HttpResponse:
    """Give a school its confirmed answers back, with a reason."""
    form = ReasonForm(request.POST)
    queries.sheet_of(request.actor, answer_sheet, today=request.today)
    if not form.is_valid():
        return _sheet(request, answer_sheet, form, status=422)
    try:
        services.reopen_sheet(
            actor=request.actor,
            sheet_id=answer_sheet,
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _sheet(request, answer_sheet, form, str(refusal), 409)
    messages.success(request, _("学校が書き直せるようにしました。"), extra_tags="done")
    return redirect(here(request, "board-checklist-sheet", answer_sheet=answer_sheet))
