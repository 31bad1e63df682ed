"""市の決まり: every section on one page, each with a page to decide from a day on and take back."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.registry import BoardSettings, Decided, SettingsRefused, registry
from manabiya.kernel.registry.board_settings import DecidedLine, sections_for


def overview(request: Request) -> HttpResponse:
    """Show of every section what holds and what comes."""
    mine = sections_for(registry.board_settings, request.actor)
    read = ((one, one.read(actor=request.actor, day=request.today)) for one in mine)
    sections = [(one, found) for one, found in read if found is not None]
    return render(request, "roster/board_settings/overview.html", {"sections": sections})


def section(request: Request, section: str) -> HttpResponse:
    """Show a section with what was; on POST decide from a day on."""
    one = _section(request, section)
    if request.method != "POST":
        return _page(request, one)
    form = one.form(actor=request.actor, day=request.today, posted=request.POST)
    if not form.is_valid():
        return _page(request, one, form=form, status=422)
    try:
        begins = one.save(actor=request.actor, values=form.cleaned_data, now=request.now)
    except SettingsRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, form=form, status=409)
    return _done(request, one, _("%(day)sからの決まりを入れました。") % {"day": _said(begins)})


@require_POST
def drop(request: Request, section: str, decision: UUID) -> HttpResponse:
    """Take back what has not begun yet."""
    one = _section(request, section)
    try:
        begins = one.drop(actor=request.actor, row_id=decision, now=request.now)
    except SettingsRefused as refusal:
        return _page(request, one, refused=str(refusal), status=409)
    return _done(request, one, _("%(day)sからの決まりを取り消しました。") % {"day": _said(begins)})


def _section(request: Request, key: str) -> BoardSettings:
    mine = {one.key: one for one in sections_for(registry.board_settings, request.actor)}
    if key not in mine:
        raise Http404
    return mine[key]


def _page(
    request: Request,
    one: BoardSettings,
    *,
    form: Form | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    found = one.read(actor=request.actor, day=request.today)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "section": one,
        "decided": _named(found),
        "form": form or one.form(actor=request.actor, day=request.today, posted=None),
        "refused": refused,
    }
    return render(request, "roster/board_settings/section.html", context, status=status)


def _named(found: Decided) -> Decided:
    """Return what was decided with the names of who did (one query)."""
    ids = {line.set_by for line in (found.now, *found.coming, *found.past) if line.set_by}
    names = registry.names_of(ids) if registry.names_of and ids else {}

    def named(line: DecidedLine) -> DecidedLine:
        return replace(line, set_by_name=names.get(line.set_by, "") if line.set_by else "")

    return replace(
        found,
        now=named(found.now),
        coming=tuple(named(line) for line in found.coming),
        past=tuple(named(line) for line in found.past),
    )


def _said(day: date) -> str:
    return str(date_format(day, _("Y年n月j日(D)")))


def _done(request: Request, one: BoardSettings, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags="done")
    return redirect(here(request, "board-settings-section", section=one.key))
