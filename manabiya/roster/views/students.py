"""Students: list with search, page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.kernel.registry import registry
from manabiya.law.school_year import school_year_of
from manabiya.roster import queries
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.families.policies import FAMILY_CHANGE
from manabiya.roster.families.queries import right_lines
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.policies import STUDENT_EXPORT, STUDENT_FAMILY_VIEW


def students(request: Request) -> HttpResponse:
    """List the students of the school, by class or by the beginning of the kana."""
    typed = request.GET.get("q", "")
    chosen = _uuid(request.GET.get("class", ""))
    lines = queries.student_lines(
        request.actor, today=request.today, homeroom_id=chosen, typed=typed
    )
    homerooms = queries.homerooms_at(request.actor.at, school_year_of(request.today), request.today)
    context = {
        "lines": lines,
        "homerooms": homerooms,
        "chosen": chosen,
        "typed": typed,
        "may_export": STUDENT_EXPORT.may(request.actor),
        "may_see_family": STUDENT_FAMILY_VIEW.may(request.actor),
    }
    return render(request, "roster/students.html", context)


def student(request: Request, student: UUID) -> HttpResponse:
    """Show one student with birth date and family."""
    seats = Enrollment.objects.filter(on_day(request.today)).select_related(
        "student", "homeroom", "school"
    )
    enrollment = STUDENT_FAMILY_VIEW.get(request.actor, seats, student_id=student)
    row = enrollment.student
    context = {
        "student": row,
        "enrollment": enrollment,
        "guardians": right_lines(row.id, request.today),
        "may_change": FAMILY_CHANGE.may(request.actor),
        "may_move": TRANSFER.may(request.actor),
        "panels": _panels(request, row.id),
    }
    return render(request, "roster/student.html", context)


def _panels(request: Request, student_id: UUID) -> list[dict[str, Any]]:
    """Return what other apps show on a student's page, in order."""
    found = []
    for panel in sorted(registry.student_panels.values(), key=lambda panel: panel.order):
        if panel.policy.may(request.actor):
            context = panel.build(actor=request.actor, student_id=student_id, now=request.now)
            if context is not None:
                found.append({"template": panel.template, "key": panel.key, **context})
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
