"""朝の設定 of a school: what holds and will hold; decide from a day on, hand back to the city."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.attendance import queries, services
from manabiya.apps.attendance.forms import DayForm, SettingsForm
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def settings(request: Request) -> HttpResponse:
    """Show the settings; on POST decide the values from a day on."""
    if request.method != "POST":
        return _page(request)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    values = dict(form.cleaned_data)
    day = values.pop("valid_from")
    try:
        services.set_morning(actor=request.actor, valid_from=day, values=values, now=request.now)
    except services.AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form=form, status=409)
    return _done(request, _("%(day)sからの朝の設定を決めました。") % {"day": _said(day)})


@require_POST
def follow_city(request: Request) -> HttpResponse:
    """Hand the school back to the city's settings from a day on."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, back=form, status=422)
    day = form.cleaned_data["valid_from"]
    try:
        services.follow_city(actor=request.actor, valid_from=day, now=request.now)
    except services.AttendanceRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, back=form, status=409)
    return _done(request, _("%(day)sから市の標準に戻します。") % {"day": _said(day)})


@require_POST
def drop(request: Request, settings: UUID) -> HttpResponse:
    """Take back what has not begun yet."""
    try:
        gone = services.drop_morning(actor=request.actor, settings_id=settings, now=request.now)
    except services.AttendanceRefused as refusal:
        return _page(request, refused=str(refusal), status=409)
    return _done(
        request, _("%(day)sからの設定を取り消しました。") % {"day": _said(gone.valid_from)}
    )


def _said(day: Any) -> str:
    return str(date_format(day, _("n月j日(D)")))


def _done(request: Request, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "attendance-settings"))


def _page(request: Request, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    page = queries.settings_page(request.actor, day=request.today)
    values = {name: getattr(page.now.row, name) for name in queries.SETTINGS_VALUES}
    today = {"valid_from": request.today}
    context.setdefault("form", SettingsForm(initial=values | today))
    context.setdefault("back", DayForm(initial=today, auto_id="id_back_%s"))
    context["page"] = page
    return render(request, "attendance/settings.html", context, status=status)
