"""The class of a child, and the end of a school year."""

from uuid import UUID

from django import forms
from django.http import HttpResponse

from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import queries, services
from manabiya.roster.enrolling.forms import ClassForm
from manabiya.roster.enrolling.policies import CLASS_CHANGE
from manabiya.roster.enrolling.views.answers import answer
from manabiya.roster.models import Enrollment, Student
from manabiya.roster.models.dated import on_day


def change_class(request: Request, student: UUID) -> HttpResponse:
    """Let a child change the class within the school."""
    child = CLASS_CHANGE.get(request.actor, Student.objects.all(), pk=student)
    seat = (
        Enrollment.objects.filter(on_day(request.today), student_id=child.id)
        .select_related("homeroom")
        .first()
    )
    year = school_year_of(request.today)
    classes = queries.class_choices(request.actor.at, year, request.today)
    others = [c for c in classes if seat is None or c.homeroom_id != seat.homeroom_id]
    form = ClassForm(request.POST or None, classes=others, initial={"first_day": request.today})
    return answer(
        request, form, "change_class", {"student": child, "seat": seat},
        lambda: services.change_class(
            actor=request.actor, student_id=child.id,
            homeroom_id=UUID(form.cleaned_data["homeroom"]),
            first_day=form.cleaned_data["first_day"],
        ),
        "学級を変えました。前の学級も残っています。", "roster-student", student=child.id,
    )  # fmt: skip


def close_year(request: Request) -> HttpResponse:
    """Show what closing the school year will do, and do it."""
    plan = queries.closing_plan(request.actor)
    return answer(
        request, forms.Form(request.POST or None), "close_year", {"plan": plan},
        lambda: services.close_school_year(
            actor=request.actor, school_year=plan.school_year or 0, now=request.now
        ),
        "年度を確定しました。", "school-year-close",
    )  # fmt: skip
