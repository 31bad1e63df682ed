"""The class page: propose, choose exceptions, confirm; the same page edits afterwards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.attendance import queries, rules, services
from manabiya.apps.attendance.class_fields import Saved, read_fields, save_class
from manabiya.apps.attendance.forms import ClassForm, FormBroken, read_class_form
from manabiya.apps.attendance.views.class_groups import groups_of
from manabiya.apps.attendance.views.class_lines import PARTS, Line, line_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.registry import FieldsRefused, PostedClass


def class_day(request: Request, homeroom: UUID, date: date) -> HttpResponse:
    """Show the class on a day; on POST confirm it, or save what was changed."""
    if request.method == "POST":
        try:
            form = read_class_form(request.POST)
        except FormBroken:
            return HttpResponseBadRequest()
        if "open" in request.POST:
            return _page(request, homeroom, date, form=form)
        return _save(request, homeroom, date, form)
    return _page(request, homeroom, date)


def _save(request: Request, homeroom: UUID, day: date, form: ClassForm) -> HttpResponse:
    if form.unchosen:
        return _page(request, homeroom, day, form=form, status=409)
    try:
        done = save_class(
            actor=request.actor,
            homeroom_id=homeroom,
            day=day,
            form=form,
            posted=_posted(request, form),
            now=request.now,
        )
    except services.DayClash as clash:
        return _page(request, homeroom, day, form=form, clashes=clash.clashes, status=409)
    except (services.AttendanceRefused, FieldsRefused) as refusal:
        return _page(request, homeroom, day, form=form, refused=str(refusal), status=409)
    messages.success(request, _said(done), extra_tags="done")
    return redirect(here(request, "attendance-class", homeroom=homeroom, date=day))


def _posted(request: Request, form: ClassForm) -> PostedClass:
    return PostedClass(request.POST, tuple(entry.student_id for entry in form.entries))


def _said(saved: Saved) -> str:
    done = saved.day
    if done.is_first:
        first = _("%(count)d名の出欠を確定しました。") % {"count": done.counts.enrolled}
    elif done.changed:
        first = _("%(count)d名の出欠を直しました。前の値も残っています。") % {"count": done.changed}
    else:
        first = "" if saved.said or done.guests else _("変わったところはありません。")
    guests = _("交流学級で来る%(count)d名の出欠を、在籍の学級に入れました。") % {
        "count": done.guests
    }
    return "".join((first, guests if done.guests else "", *saved.said))


def _page(
    request: Request,
    homeroom: UUID,
    day: date,
    *,
    form: ClassForm | None = None,
    clashes: tuple[rules.Clash, ...] = (),
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    page = queries.class_page(request.actor, homeroom_id=homeroom, day=day, today=request.today)
    opened = request.POST.get("open") or request.GET.get("open")
    fields = read_fields(
        actor=request.actor,
        homeroom_id=homeroom,
        day=day,
        student_ids=[row.seat.student_id for row in page.rows],
        posted=_posted(request, form) if form else None,
    )
    lines = [line_of(row, form, clashes, opened, fields[row.seat.student_id]) for row in page.rows]
    own = [line for line in lines if not line.row.is_guest]
    context = {"page": page, "lines": lines, "refused": refused, "counts": _preview(own)}
    context["part_count"] = sum(line.chosen in PARTS for line in own)
    context["groups"], context["own_count"] = groups_of(lines), len(own)
    if opened and request.headers.get("X-Fragment"):
        line = next((line for line in lines if str(line.row.index) == opened), None)
        return render(request, "attendance/_panel.html", {"line": line, "page": page})
    context["clashing"] = [line for line in lines if line.clash]
    return render(request, "attendance/class_day.html", context, status=status)


def _preview(lines: Sequence[Line]) -> rules.Counts:
    """Count what would be written if the page were confirmed as it is."""
    codes = [rules.resolve(line.chosen, line.row.standing) for line in lines]
    return rules.count(codes, is_confirmed=True)
