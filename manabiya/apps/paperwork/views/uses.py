"""One line: its facts, its decision, its end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.paperwork import policies, queries, rules, services
from manabiya.apps.paperwork.forms import DecideForm, DoneForm, ReasonForm, UseForm
from manabiya.apps.paperwork.views.places import back, names, tried
from manabiya.kernel.access.requests import Request


def use(request: Request, use: UUID) -> HttpResponse:
    """Show a line; write it anew."""
    if request.method != "POST":
        return _page(request, use)
    policies.USE_KEEP.require(request.actor)
    form = UseForm(request.POST, partners=queries.partners_known(request.actor))

    def do() -> object:
        return services.edit_use(
            actor=request.actor,
            use_id=use,
            version=form.cleaned_data["version"],
            entry=form.entry,
            now=request.now,
        )

    return _tried(request, use, form, do, "form", _("書き直しました。"))


@require_POST
def decide(request: Request, use: UUID) -> HttpResponse:
    """Decide."""
    form = DecideForm(
        request.POST,
        owners=queries.owners_at(request.actor, request.today),
        may_continue=policies.USE_CONTINUE.may(request.actor),
    )

    def do() -> object:
        return services.decide_use(
            actor=request.actor,
            use_id=use,
            version=form.cleaned_data["version"],
            said=form.said,
            now=request.now,
        )

    return _tried(request, use, form, do, "decide_form", _("決めました。"))


@require_POST
def done(request: Request, use: UUID) -> HttpResponse:
    """Mark as done."""
    form = DoneForm(request.POST)

    def do() -> object:
        return services.finish_use(
            actor=request.actor,
            use_id=use,
            version=form.cleaned_data["version"],
            done_on=form.cleaned_data["done_on"],
            now=request.now,
        )

    return _tried(request, use, form, do, "done_form", _("やめたことにしました。"))


@require_POST
def reopen(request: Request, use: UUID) -> HttpResponse:
    """Take back that it has ended."""
    form = ReasonForm(request.POST)

    def do() -> object:
        return services.reopen_use(
            actor=request.actor,
            use_id=use,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            now=request.now,
        )

    return _tried(request, use, form, do, "reopen_form", _("まだ使っていることに戻しました。"))


@require_POST
def remove(request: Request, use: UUID) -> HttpResponse:
    """Take it off the list."""
    form = ReasonForm(request.POST)

    def do() -> object:
        return services.remove_use(
            actor=request.actor,
            use_id=use,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            now=request.now,
        )

    return _tried(request, use, form, do, "remove_form", _("一覧から消しました。"), then="list")


def _tried(
    request: Request,
    use: UUID,
    form: forms.Form,
    do: Callable[[], object],
    key: str,
    words: str,
    *,
    then: str = "",
) -> HttpResponse:
    """Do what a valid form says and go back; else show the page with what was typed."""
    if not form.is_valid():
        return _page(request, use, status=422, **{key: form})
    if refused := tried(do):
        form.add_error(None, refused)
        return _page(request, use, status=409, **{key: form})
    return back(request, then, words) if then else back(request, "use", words, use=use)


def _page(request: Request, use_id: UUID, *, status: int = 200, **filled: Any) -> HttpResponse:
    actor = request.actor
    page = queries.use_page(actor, use_id, request.today)
    row = page.line.use
    may_decide = policies.USE_DECIDE.may(actor)
    context = {
        "routes": names(request),
        "page": page,
        "line": page.line,
        "use": row,
        "is_over": page.line.state is rules.State.DONE,
        "may_keep": policies.USE_KEEP.may(actor),
        "may_decide": may_decide,
        "filled": next(iter(filled.values()), None),
        "form": UseForm.of_use(row, queries.partners_known(actor)),
        "decide_form": DecideForm(
            owners=queries.owners_at(actor, request.today) if may_decide else [],
            may_continue=policies.USE_CONTINUE.may(actor),
            initial=DecideForm.initial_of(row),
        ),
        "done_form": DoneForm(
            initial={"version": row.version, "done_on": f"{request.today:%Y/%-m/%-d}"}
        ),
        "reopen_form": ReasonForm(initial={"version": row.version}),
        "remove_form": ReasonForm(initial={"version": row.version}),
        **filled,
    }
    return render(request, "paperwork/use.html", context, status=status)
