"""The attendance of a school, the rows behind its numbers, and its workbook."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render

from manabiya.apps.statistics import charts, queries, tables
from manabiya.apps.statistics.counting import KINDS
from manabiya.apps.statistics.policies import ATTENDANCE_VIEW
from manabiya.apps.statistics.views.pages import pages_of, workbook_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def home(request: Request) -> HttpResponse:
    """Open the first page of the statistics the person may read."""
    name = "attendance" if ATTENDANCE_VIEW.may(request.actor) else "illness"
    return redirect(here(request, f"statistics-{name}"))


def page(request: Request) -> HttpResponse:
    """Show the classes of a period, and the rates by month."""
    found = queries.school_statistics(
        request.actor, slug=request.GET.get("stretch", ""), today=request.today
    )
    context = {
        **pages_of(request),
        "page": found,
        "kinds": KINDS,
        "figure": charts.rates_of_school(found, partial(here, request)),
    }
    return render(request, "statistics/school.html", context)


def rows(request: Request, stretch: str, quantity: str, where: str) -> HttpResponse:
    """Show the children and days behind a number."""
    found = queries.rows_page(
        request.actor, slug=stretch, quantity=quantity, where=where, today=request.today
    )
    context = {"page": found, "may_overview": ATTENDANCE_VIEW.may(request.actor)}
    return render(request, "statistics/rows.html", context)


def workbook(request: Request, stretch: str) -> HttpResponse:
    """Give the tables of a period."""
    found = queries.school_statistics(request.actor, slug=stretch, today=request.today)
    return workbook_of(tables.of_school(found), f"出欠の統計 {found.period.label}")
