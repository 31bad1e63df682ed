"""The morning backup: what is there, make it anew, open it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from manabiya.apps.morning import queries, services
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now


def backup(request: Request) -> HttpResponse:
    """Show which backup there is; on POST make it anew."""
    if request.method == "POST":
        return _make(request)
    page = queries.backup_page(request.actor, today=request.today)
    return render(request, "morning/backup.html", {"page": page})


def _make(request: Request) -> HttpResponse:
    try:
        services.make_backup(
            actor=request.actor,
            school_id=request.actor.at,
            today=request.today,
            made_at=real_now(),
        )
    except services.MorningRefused as refusal:
        messages.warning(request, str(refusal), extra_tags="wait")
    else:
        messages.success(request, _("朝の控えを作りました。"), extra_tags="done")
    return redirect(here(request, "morning-backup"))


def paper(request: Request) -> HttpResponse:
    """Give the paper as it holds now."""
    content = queries.backup_file(request.actor, today=request.today, made_at=real_now())
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    header = content_disposition_header(as_attachment=False, filename="朝の控え.pdf")
    if header:
        response.headers["Content-Disposition"] = header
    return response
