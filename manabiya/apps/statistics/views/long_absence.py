"""Long absence by grade and cause, the children behind, why, and the workbook."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.statistics import charts, queries, services, tables
from manabiya.apps.statistics.long_absence import ALL
from manabiya.apps.statistics.models import LongAbsenceCause
from manabiya.apps.statistics.views.pages import pages_of, workbook_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of


def page(request: Request) -> HttpResponse:
    """Show the numbers of a school year."""
    found = queries.long_absence_page(
        request.actor, slug=request.GET.get("stretch", ""), today=request.today
    )
    figure = charts.causes_of_school(found, partial(here, request))
    context = {**pages_of(request), "page": found, "figure": figure}
    return render(request, "statistics/long_absence.html", context)


def rows(request: Request, stretch: str, where: str, cause: str) -> HttpResponse:
    """Show the children behind a number, each with what the school judged."""
    found = queries.long_absence_rows(
        request.actor, slug=stretch, where=where, cause=cause, today=request.today
    )
    context = {"page": found, "causes": LongAbsenceCause.Cause.choices}
    return render(request, "statistics/long_absence_rows.html", context)


@require_POST
def decide(request: Request, student: UUID) -> HttpResponse:
    """Keep why a child was absent for long."""
    try:
        services.decide_cause(
            actor=request.actor,
            student_id=student,
            cause=request.POST.get("cause", ""),
            now=request.now,
        )
    except services.CauseRefused as refusal:
        messages.error(request, str(refusal), extra_tags="alarm")
    else:
        messages.success(request, _("長期欠席の理由を保存しました。"), extra_tags="done")
    year = str(school_year_of(request.today))
    return redirect(
        here(request, "statistics-long-absence-rows", stretch=year, where=ALL, cause=ALL)
    )


def workbook(request: Request, stretch: str) -> HttpResponse:
    """Give the numbers and the children of a school year."""
    found = queries.long_absence_page(request.actor, slug=stretch, today=request.today)
    children = queries.long_absence_rows(
        request.actor, slug=stretch, where=ALL, cause=ALL, today=request.today
    )
    sheets = tables.of_long_absence(found, children)
    return workbook_of(sheets, f"長期欠席 {found.period.label}")
