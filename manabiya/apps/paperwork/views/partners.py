"""The partners of a place."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from manabiya.apps.paperwork import policies, queries, services
from manabiya.apps.paperwork.forms import PartnerForm
from manabiya.apps.paperwork.models import Partner
from manabiya.apps.paperwork.views.places import back, names, tried
from manabiya.kernel.access.requests import Request


def partners(request: Request) -> HttpResponse:
    """List the partners; write a new one."""
    form = PartnerForm(request.POST or None, initial={"version": 0})
    answer = _kept(request, form, None) if request.method == "POST" else None
    return answer or _list(request, form, 422 if request.method == "POST" else 200)


def _list(request: Request, form: PartnerForm, status: int) -> HttpResponse:
    actor = request.actor
    is_city = policies.CITY_VIEW.may(actor)
    context: dict[str, Any] = {
        "routes": names(request),
        "form": form,
        "is_city": is_city,
        "rows": queries.partner_rows(actor, request.today) if is_city else [],
        "partners": [] if is_city else queries.partners_known(actor),
    }
    return render(request, "paperwork/partners.html", context, status=status)


def partner(request: Request, partner: UUID) -> HttpResponse:
    """Write a partner of the place anew."""
    row = next((one for one in queries.partners_known(request.actor) if one.id == partner), None)
    if row is None or row.school_id != request.actor.school_id:
        raise Http404
    form = PartnerForm(request.POST) if request.method == "POST" else PartnerForm.of(row)
    answer = _kept(request, form, row) if request.method == "POST" else None
    context = {"routes": names(request), "form": form, "partner": row}
    status = 422 if request.method == "POST" else 200
    return answer or render(request, "paperwork/partner.html", context, status=status)


def _kept(request: Request, form: PartnerForm, row: Partner | None) -> HttpResponse | None:
    """Keep what a valid form says; None when the page must say what is wrong."""
    if not form.is_valid():
        return None

    def do() -> object:
        return services.keep_partner(
            actor=request.actor,
            partner_id=row.id if row else None,
            version=form.cleaned_data["version"],
            entry=form.entry,
            now=request.now,
        )

    if refused := tried(do):
        form.add_error(None, refused)
        return None
    words = _("「%(name)s」を保存しました。") % {"name": form.cleaned_data["name"]}
    return back(request, "partners", words)
