"""The classes of the school today, and the marks everybody at school may see."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.attendance import queries
from manabiya.kernel.access.policies import DataClass
from manabiya.kernel.access.requests import Request
from manabiya.kernel.audit.record import record


def homerooms(request: Request) -> HttpResponse:
    """List the classes: confirmed or not, exceptions, reports that came later."""
    lines = queries.homeroom_lines(request.actor, day=request.today)
    open_lines = [line for line in lines if line.is_school_day]
    context = {
        "lines": lines,
        "is_school_day": bool(open_lines),
        "confirmed": sum(line.is_confirmed for line in open_lines),
        "classes": len(open_lines),
        "shows_causes": all(line.may_open for line in lines),
        "waiting": queries.waiting_lines(request.actor, day=request.today),
    }
    return render(request, "attendance/homerooms.html", context)


def waiting(request: Request) -> HttpResponse:
    """Show the reports about children without a class of the new year, with their reasons."""
    lines = queries.waiting_lines(request.actor, day=request.today)
    return render(request, "attendance/waiting.html", {"waiting": lines})


def marks(request: Request, homeroom: UUID, date: date) -> HttpResponse:
    """Show 欠・遅・早 of a class; reasons only to a grade head the school lets see them, logged."""
    page = queries.marks_page(request.actor, homeroom_id=homeroom, day=date)
    if page.shows_reasons:
        record(
            actor=request.actor,
            action="read:attendance-reasons",
            subject_type="homeroom",
            subject_id=homeroom,
            data_class=DataClass.II,
            details={"date": date.isoformat()},
        )
    return render(request, "attendance/marks.html", {"page": page})
