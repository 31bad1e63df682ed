"""The lunch sheet: on screen, and on paper by the browser."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.morning import queries
from manabiya.kernel.access.requests import Request


def lunch(request: Request) -> HttpResponse:
    """Show how many eat in each class."""
    sheet = queries.lunch_sheet(request.actor, now=request.now)
    return render(request, "morning/lunch.html", {"sheet": sheet})
