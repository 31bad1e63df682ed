"""A child between two schools: the new one has not seated it yet, so there is no day to report."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.roster.queries import moving_children


def page(request: Request, student: UUID) -> HttpResponse:
    """Say whom to call about a child that moves; ``Http404`` when it is none of the guardian's."""
    children = moving_children(request.actor.person_id, request.today)
    child = next((child for child in children if child.student_id == student), None)
    if child is None:
        raise Http404
    status = 422 if request.method == "POST" else 200
    return render(request, "attendance/report_moving.html", {"child": child}, status=status)
