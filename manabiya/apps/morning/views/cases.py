"""One 未着: whom to call, what was tried, how it ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.morning import queries, services
from manabiya.apps.morning.forms import CallForm, EndForm
from manabiya.apps.morning.policies import CASE_HANDLE
from manabiya.apps.morning.times import morning_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.roster.families.calls import CallSheet
from manabiya.roster.queries import may_reach_student


def case(request: Request, student: UUID) -> HttpResponse:
    """Show a child that is, or was, 未着 today."""
    return _page(request, student)


@require_POST
def call(request: Request, student: UUID) -> HttpResponse:
    """Keep a call."""
    line = _cases(request, student).line_of(student)
    form = CallForm(request.POST, sheet=line.sheet if line else CallSheet())
    if line is not None and not form.is_valid():
        return _page(request, student, call_form=form, status=422)
    if line is None:
        return _settled_meanwhile(request, student)

    def do() -> object:
        return services.log_call(
            actor=request.actor,
            student_id=student,
            guardian_id=form.guardian_id,
            whom=form.cleaned_data["whom"],
            outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
            now=request.now,
        )

    return _done(request, student, do, _("電話の記録を残しました。"), call_form=form)


@require_POST
def take(request: Request, student: UUID) -> HttpResponse:
    """Look after the child from now on."""

    def do() -> object:
        return services.take_case(actor=request.actor, student_id=student, now=request.now)

    return _done(request, student, do, _("引き受けました。"))


@require_POST
def tell(request: Request, student: UUID) -> HttpResponse:
    """Bring it to the managers."""

    def do() -> object:
        return services.tell_managers(actor=request.actor, student_id=student, now=request.now)

    return _done(request, student, do, _("管理職の「今日」に出しました。声もかけてください。"))


@require_POST
def end(request: Request, student: UUID) -> HttpResponse:
    """End it; the mark of the child is written with it."""
    if _cases(request, student).line_of(student) is None:
        return _settled_meanwhile(request, student)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, student, end_form=form, status=422)

    def do() -> object:
        return services.end_case(
            actor=request.actor,
            student_id=student,
            ending=form.cleaned_data["ending"],
            how=form.cleaned_data["how"],
            now=request.now,
        )

    done = _("結果をつけました。出欠にも入っています。")
    return _done(request, student, do, done, end_form=form, then="morning-staff-room")


def _cases(request: Request, student: UUID) -> queries.Cases:
    if not may_reach_student(request.actor, CASE_HANDLE, student):
        raise Http404
    morning = morning_of(request.actor.at, request.today)
    return queries.cases_of_today(request.actor, morning=morning, now=request.now)


def _done(
    request: Request,
    student: UUID,
    do: Callable[[], object],
    words: str,
    *,
    then: str = "",
    **forms: Any,
) -> HttpResponse:
    """Do it and go back; a refusal is said on the page, with what was typed."""
    try:
        do()
    except services.MorningRefused as refusal:
        return _page(request, student, refused=str(refusal), status=409, **forms)
    messages.success(request, words, extra_tags="done")
    if then:
        return redirect(here(request, then))
    return redirect(here(request, "morning-case", student=student))


def _settled_meanwhile(request: Request, student: UUID) -> HttpResponse:
    words = _("いまは未着ではありません。何も保存していません。")
    return _page(request, student, refused=words, status=409)


def _page(
    request: Request,
    student: UUID,
    *,
    call_form: CallForm | None = None,
    end_form: EndForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    cases = _cases(request, student)
    line, settled = cases.line_of(student), cases.settled_of(student)
    context = {
        "line": line,
        "settled": settled,
        "seat": line.seat if line else settled.seat if settled else None,
        "refused": refused,
        "call_form": call_form or (CallForm(sheet=line.sheet) if line else None),
        "end_form": end_form or EndForm(),
        "is_mine": bool(line and line.case and line.case.taken_by_id == request.actor.person_id),
    }
    return render(request, "morning/case.html", context, status=status)
