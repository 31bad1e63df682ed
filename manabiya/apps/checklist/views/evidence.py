"""A school's own page of the checklist, and an item with the evidence it attaches."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.claim_forms import FigureForm, ServiceForm, WordsForm
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request

FORMS: dict[str, type[Form]] = {"figure": FigureForm, "words": WordsForm, "service": ServiceForm}


def standing(request: Request) -> HttpResponse:
    """Show what the school does well, and its next three steps."""
    return render(request, "checklist/standing.html", {"page": queries.own_standing(request.actor)})


def item(request: Request, item: str) -> HttpResponse:
    """Show one item for the school."""
    return _item(request, item)


def _item(
    request: Request, item: str, kind: str = "", form: Form | None = None, status: int = 200
) -> HttpResponse:
    page = queries.own_item(request.actor, item=item, today=request.today)
    forms = {name: cls(prefix=name) for name, cls in FORMS.items()}
    if form is not None:
        forms[kind] = form
    context = {"page": page, "forms": forms, "tried": kind, "tried_form": form}
    return render(request, "checklist/own_item.html", context, status=status)


@require_POST
def attach_figure(request: Request, item: str) -> HttpResponse:
    """Attach a figure."""
    return _tried(request, item, "figure")


@require_POST
def attach_words(request: Request, item: str) -> HttpResponse:
    """Attach a text."""
    return _tried(request, item, "words")


@require_POST
def declare_service(request: Request, item: str) -> HttpResponse:
    """Say which other service the school uses."""
    return _tried(request, item, "service")


def _tried(request: Request, item: str, kind: str) -> HttpResponse:
    form = FORMS[kind](request.POST, prefix=kind)
    if not form.is_valid():
        return _item(request, item, kind, form, 422)
    try:
        _attach(request, item, kind, form)
    except services.ChecklistRefused as refusal:
        form.add_error(None, str(refusal))
        return _item(request, item, kind, form, 409)
    messages.success(request, _("付けました。教育委員会に見えます。"), extra_tags="done")
    return redirect(here(request, "checklist-item", item=item))


def _attach(request: Request, item: str, kind: str, form: Any) -> None:
    who: dict[str, Any] = {"actor": request.actor, "item": item, "now": request.now}
    deeds: dict[str, Callable[[], object]] = {
        "figure": lambda: services.attach_figure(**who, figure=form.figure),
        "words": lambda: services.attach_words(**who, **form.cleaned_data),
        "service": lambda: services.declare_service(**who, **form.cleaned_data),
    }
    deeds[kind]()


@require_POST
def remove(request: Request, evidence: UUID) -> HttpResponse:
    """Take a piece of evidence away."""
    row = services.remove_evidence(actor=request.actor, evidence_id=evidence, now=request.now)
    messages.success(request, _("外しました。記録は残っています。"), extra_tags="done")
    return redirect(here(request, "checklist-item", item=row.item))
