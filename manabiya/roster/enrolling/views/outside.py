"""Moves over the border of the city: leaving it, taking that back, coming from outside."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import queries, rules, services
from manabiya.roster.enrolling.forms import AdmitForm, BoardDepartForm, DepartForm
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.views.answers import answer, child_of_number, prefix
from manabiya.roster.models import Departure, School, Student
from manabiya.roster.models.school import in_kind_order


def depart(request: Request, student: UUID) -> HttpResponse:
    """Record that a child of the school leaves the city's schools."""
    child = TRANSFER.get(request.actor, Student.objects.all(), pk=student)
    form = DepartForm(request.POST or None, initial={"last_day": request.today})
    return _depart(request, form, child, lambda: child.id)


def depart_by_number(request: Request) -> HttpResponse:
    """Record it as the board, by the child's number."""
    form = BoardDepartForm(request.POST or None, initial={"last_day": request.today})
    return _depart(
        request, form, None, lambda: child_of_number(request, form.cleaned_data["reference"])
    )


def _depart(
    request: Request, form: DepartForm, child: Student | None, student_id: Callable[[], UUID]
) -> HttpResponse:
    return answer(
        request, form, "depart", {"student": child, "prefix": prefix(request)},
        lambda: services.record_departure(
            actor=request.actor, student_id=student_id(), kind=form.cleaned_data["kind"],
            last_day=form.cleaned_data["last_day"], where=form.where(), now=request.now,
        ),
        "記録しました。学校を去る日の24時まで、この学校の名簿に出ます。",
        f"{prefix(request)}transfers",
    )  # fmt: skip


def cancel(request: Request, departure: UUID) -> HttpResponse:
    """Take a departure back, after asking."""
    row: Departure | None = queries.standing_departures(request.actor).filter(pk=departure).first()
    if row is None:
        raise Http404
    return answer(
        request, forms.Form(request.POST or None), "depart_cancel",
        {"departure": row, "prefix": prefix(request)},
        lambda: services.cancel_departure(
            actor=request.actor, departure_id=row.id, now=request.now
        ),
        "取り消しました。もとの学級のままです。", f"{prefix(request)}transfers",
    )  # fmt: skip


def admit(request: Request) -> HttpResponse:
    """Record a child from outside the city and seat it; the board chooses the school first."""
    school = _school(request)
    context = {"school": school, "prefix": prefix(request)}
    if school is None:
        schools = School.objects.order_by(in_kind_order(), "code")
        return render(
            request, "roster/enrolling/admit_school.html", {**context, "schools": schools}
        )
    form = _admit_form(request, school)
    return answer(
        request, form, "admit", context,
        lambda: services.admit_student(
            actor=request.actor, school_id=school.id, person=form.person(),
            origin=form.origin_word(), homeroom_id=UUID(form.cleaned_data["homeroom"]),
            grade_level=form.cleaned_data["grade"], first_day=form.cleaned_data["first_day"],
            entry=form.cleaned_data["entry"], now=request.now,
        ),
        "転入を記録しました。受け入れる日から名簿に出ます。保護者は、その人の画面で加えます。",
        f"{prefix(request)}transfers",
    )  # fmt: skip


def _school(request: Request) -> School | None:
    """Return the school the child comes to: one's own; the one the board has chosen."""
    wanted = request.actor.school_id or request.GET.get("school", "")
    try:
        return TRANSFER.get(request.actor, School.objects.all(), pk=wanted) if wanted else None
    except ValidationError:
        raise Http404 from None


def _admit_form(request: Request, school: School) -> AdmitForm:
    """Return the form with the classes of this year, and of the next when it is near."""
    soon = request.today + rules.EARLIEST_ADMISSION
    years = sorted({school_year_of(request.today), school_year_of(soon)})
    found = [queries.class_choices(school.id, year, request.today) for year in years]
    later = [replace(c, name=f"{c.name} {years[-1]}年度") for c in found[1]] if found[1:] else []
    return AdmitForm(
        request.POST or None,
        classes=[*found[0], *later],
        highest_grade=rules.highest_grade(school.kind),
        kind=school.kind,
        initial={"first_day": request.today},
    )
