"""Moves inside the city: the list, leaving, accepting, taking back."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import queries, rules, services
from manabiya.roster.enrolling.forms import AcceptForm, BoardLeaveForm, LeaveForm
from manabiya.roster.enrolling.policies import TRANSFER
from manabiya.roster.enrolling.services.accepting import grade_for
from manabiya.roster.enrolling.views.answers import answer, child_of_number, prefix
from manabiya.roster.families.rules import DAY
from manabiya.roster.models import School, Student, Transfer
from manabiya.roster.models.school import in_kind_order


def transfers(request: Request) -> HttpResponse:
    """List the moves from and to the school; the board sees all."""
    lines = queries.transfer_lines(request.actor)
    outside = queries.outside_lines(request.actor)
    context = {"lines": lines, "outside": outside, "prefix": prefix(request)}
    return render(request, "roster/enrolling/transfers.html", context)


def leave(request: Request, student: UUID) -> HttpResponse:
    """Record that a child of the school moves to another one."""
    child = TRANSFER.get(request.actor, Student.objects.all(), pk=student)
    schools = School.objects.exclude(pk=request.actor.at).order_by(in_kind_order(), "code")
    form = LeaveForm(request.POST or None, schools=schools, initial={"last_day": request.today})
    return answer(
        request, form, "leave", {"student": child}, lambda: _record(request, child.id, form),
        "転学を記録しました。転入先の学校が受け入れるまで、転出入に出ます。", "transfers",
    )  # fmt: skip


def leave_by_number(request: Request) -> HttpResponse:
    """Record a move as the board, by the child's number."""
    schools = School.objects.order_by(in_kind_order(), "code")
    form = BoardLeaveForm(
        request.POST or None, schools=schools, initial={"last_day": request.today}
    )
    return answer(
        request, form, "leave", {"student": None}, lambda: _record(request, None, form),
        "転学を記録しました。", "board-transfers",
    )  # fmt: skip


def _record(request: Request, student_id: UUID | None, form: forms.Form) -> Transfer:
    data = form.cleaned_data
    if student_id is None:
        student_id = child_of_number(request, data["reference"])
    return services.transfer_student(
        actor=request.actor,
        student_id=student_id,
        to_school_id=UUID(data["to_school"]),
        last_day=data["last_day"],
        now=request.now,
    )


def accept(request: Request, transfer: UUID) -> HttpResponse:
    """Accept a child and seat it."""
    row = _open(request, transfer, "to_school_id")
    day = row.last_day + DAY
    classes = queries.class_choices(row.to_school_id, school_year_of(day), day)
    form = AcceptForm(
        request.POST or None,
        classes=classes,
        highest_grade=rules.highest_grade(row.to_school.kind),
        initial={"first_day": day, "grade": grade_for(row, day)},
    )
    return answer(
        request, form, "accept", {"transfer": row, "prefix": prefix(request)},
        lambda: services.accept_transfer(
            actor=request.actor, transfer_id=row.id, now=request.now,
            homeroom_id=UUID(form.cleaned_data["homeroom"]),
            first_day=form.cleaned_data["first_day"], grade_level=form.cleaned_data["grade"],
        ),
        "受け入れました。受け入れた日から、名簿に出ます。", f"{prefix(request)}transfers",
    )  # fmt: skip


def cancel(request: Request, transfer: UUID) -> HttpResponse:
    """Take a move back, after asking."""
    row = _open(request, transfer, "from_school_id")
    return answer(
        request, forms.Form(request.POST or None), "cancel",
        {"transfer": row, "prefix": prefix(request)},
        lambda: services.cancel_transfer(
            actor=request.actor, transfer_id=row.id, now=request.now
        ),
        "転学を取り消しました。もとの学級のままです。", f"{prefix(request)}transfers",
    )  # fmt: skip


def _open(request: Request, transfer_id: UUID, side: str) -> Transfer:
    row = queries.open_transfers(request.actor).filter(pk=transfer_id).first()
    if row is None or request.actor.school_id not in (None, getattr(row, side)):
        raise Http404
    return row
