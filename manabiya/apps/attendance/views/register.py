"""The month of the register on screen."""

from datetime import date, timedelta
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.apps.attendance import queries
from manabiya.apps.attendance.queries.register import LEGEND
from manabiya.kernel.access.requests import Request
from manabiya.law.era import era_year
from manabiya.law.school_year import school_year_of


def register(request: Request, homeroom: UUID, month: date) -> HttpResponse:
    """Show the month of a class with its sums."""
    page = queries.register_month(
        request.actor, homeroom_id=homeroom, first=month, today=request.today
    )
    if school_year_of(month) != page.card.school_year:
        raise Http404
    era, year = era_year(month)
    context = {
        "page": page,
        "era": f"{era}{year}",
        "legend": LEGEND,
        "previous": _inside(month - timedelta(days=1), page.card.school_year),
        "next": _inside(month + timedelta(days=31), page.card.school_year),
    }
    return render(request, "attendance/register.html", context)


def _inside(day: date, school_year: int) -> date | None:
    """Return the first of the day's month, None outside the class's school year."""
    first = day.replace(day=1)
    return first if school_year_of(first) == school_year else None
