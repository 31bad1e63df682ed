"""Infections and illness by week, the children behind, and the workbook."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.statistics import charts, queries, tables
from manabiya.apps.statistics.views.pages import pages_of, workbook_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def page(request: Request) -> HttpResponse:
    """Show the weeks of a period."""
    found = queries.illness_page(
        request.actor, slug=request.GET.get("stretch", ""), today=request.today
    )
    figure = charts.infections_of_school(found, partial(here, request))
    context = {**pages_of(request), "page": found, "figure": figure}
    return render(request, "statistics/illness.html", context)


def rows(request: Request, stretch: str, disease: str) -> HttpResponse:
    """Show the 出席停止 behind a number."""
    found = queries.suspension_rows(
        request.actor, slug=stretch, disease=disease, today=request.today
    )
    return render(request, "statistics/illness_rows.html", {"page": found})


def workbook(request: Request, stretch: str) -> HttpResponse:
    """Give the weeks of a period."""
    found = queries.illness_page(request.actor, slug=stretch, today=request.today)
    return workbook_of(tables.of_illness(found), f"感染症の統計 {found.period.label}")
