"""The board's numbers and their workbook, in which few children are hidden."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.statistics import charts, queries, sharing
from manabiya.apps.statistics.views.pages import workbook_of
from manabiya.kernel.access.requests import Request


def page(request: Request) -> HttpResponse:
    """Show the schools of a period, rates by month, infections by week, causes of the city."""
    found = queries.city_statistics(
        request.actor, slug=request.GET.get("stretch", ""), today=request.today
    )
    context = {
        "page": found,
        "rates": charts.rates_of_city(found),
        "infections": charts.infections_of_city(found),
        "causes": charts.causes_of_city(found) if found.causes else None,
    }
    return render(request, "statistics/city.html", context)


def workbook(request: Request, stretch: str) -> HttpResponse:
    """Give the tables of a period, small numbers hidden."""
    found = queries.city_statistics(request.actor, slug=stretch, today=request.today)
    return workbook_of(sharing.of_city(found), f"市の統計 {found.period.label}")
