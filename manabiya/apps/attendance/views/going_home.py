"""A child that goes home sick: found by kana or from its class, one button a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.forms import GoingHomeForm
from manabiya.apps.attendance.queries.child_day import ChildDay, SaidCode
from manabiya.apps.attendance.views.class_lines import word_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


@dataclass(frozen=True, slots=True)
class Line:
    """A change in words."""

    old: str
    new: str
    who: str
    at: datetime


def search(request: Request) -> HttpResponse:
    """Find the child; the only one found opens at once."""
    typed = request.GET.get("q", "")
    lines = queries.found_children(request.actor, typed=typed, day=request.today)
    if len(lines) == 1:
        return redirect(_address(request, lines[0].student_id, request.today))
    return render(request, "attendance/going_home.html", {"typed": typed, "lines": lines})


def child_day(request: Request, student: UUID, date: date) -> HttpResponse:
    """Show a child's day and its history; on POST write down that it goes home."""
    page = queries.child_day(request.actor, student_id=student, day=date)
    form = GoingHomeForm(
        request.POST if request.method == "POST" else None,
        initial={"left_at": request.now.time()},
    )
    if request.method != "POST":
        return _page(request, page, form)
    if date != request.today:
        form.add_error(None, _("今日の早退だけ入れられます。ほかの日は学級の画面で直します。"))
        return _page(request, page, form, status=409)
    if not form.is_valid():
        return _page(request, page, form, status=422)
    said = form.cleaned_data
    try:
        services.send_home(
            actor=request.actor,
            student_id=student,
            reason=said["reason"],
            left_at=said["left_at"],
            note=said["note"],
            now=request.now,
        )
    except services.AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, page, form, status=409)
    messages.success(
        request, _("%(name)sさんを早退にしました。") % {"name": page.name}, extra_tags="done"
    )
    return redirect(_address(request, student, date))


def _address(request: Request, student: UUID, day: date) -> str:
    return here(request, "attendance-child-day", student=student, date=day)


def _page(
    request: Request, page: ChildDay, form: GoingHomeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "standing": _words(page.standing),
        "lines": [Line(_words(c.old), _words(c.new), c.who, c.at) for c in page.changes],
        "is_open": page.may_go_home and page.date == request.today,
    }
    return render(request, "attendance/child_day.html", context, status=status)


def _words(said: SaidCode) -> str:
    return " ".join(filter(None, (word_of(said.code), said.left_time, said.reason, said.note)))
