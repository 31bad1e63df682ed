"""The city's attendance: counts of today, never names."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.attendance import queries
from manabiya.kernel.access.requests import Request


def city(request: Request) -> HttpResponse:
    """Show the counts of the city and of each school today."""
    page = queries.city_day(request.actor, day=request.today)
    return render(request, "attendance/city.html", {"page": page})
