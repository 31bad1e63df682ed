"""The list of a place: see it, add to it in one line, from the common papers, from a workbook."""

import hashlib
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from manabiya.apps.imports.queries import Unreadable
from manabiya.apps.paperwork import policies, queries, reading, rules, services
from manabiya.apps.paperwork.forms import QuickForm
from manabiya.apps.paperwork.queries.city import Counts
from manabiya.apps.paperwork.views.places import XLSX, as_file, back, counted, names, tried
from manabiya.kernel.access.requests import Request
from manabiya.kernel.exchange import to_xlsx


def overview(request: Request) -> HttpResponse:
    """Show the list; add a line."""
    if request.method != "POST":
        return _list(request)
    policies.USE_KEEP.require(request.actor)
    form = QuickForm(request.POST, common=_common(request))
    if not form.is_valid():
        return _list(request, form=form, status=422)

    def do() -> object:
        return services.add_use(actor=request.actor, entry=form.entry, now=request.now)

    if refused := tried(do):
        form.add_error(None, refused)
        return _list(request, form=form, status=409)
    return back(request, "list", _("「%(name)s」を加えました。") % {"name": form.entry.name})


def _common(request: Request) -> list[Any]:
    return queries.offered_papers(request.actor) if policies.USE_KEEP.may(request.actor) else []


def _list(request: Request, *, form: QuickForm | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    common = form.common if form else _common(request)
    every = queries.lines_of(actor, today=request.today)
    counts = Counts()
    for line in every:
        counts.add(line.use, request.today)
    shown = [
        line for line in every if kind in ("", line.use.kind) and state in ("", line.state.value)
    ]
    context = {
        "routes": names(request),
        "lines": shown,
        "counts": counts,
        "is_filtered": len(shown) != len(every),
        "kind": kind,
        "state": state,
        "kinds": rules.KINDS.items(),
        "states": rules.State,
        "form": form or QuickForm(common=common),
        "common": common,
        "may_keep": policies.USE_KEEP.may(actor),
        "proposals": queries.open_proposals(actor),
        "may_answer": bool(actor.school_id) and policies.USE_DECIDE.may(actor),
    }
    return render(request, "paperwork/list.html", context, status=status)


def common(request: Request) -> HttpResponse:
    """Choose from the common papers; put what was chosen on the list."""
    offered = queries.offered_papers(request.actor)
    refused, status = "", 200
    if request.method == "POST":
        known = {str(paper.id) for paper in offered}
        chosen = [UUID(key) for key in request.POST.getlist("paper") if key in known]

        def do() -> int:
            return services.add_from_catalog(actor=request.actor, paper_ids=chosen, now=request.now)

        count, refused = counted(do)
        if not refused:
            return back(request, "list", _("%(count)s件を加えました。") % {"count": count})
        status = 422
    context = {"routes": names(request), "offered": offered, "refused": refused}
    return render(request, "paperwork/common.html", context, status=status)


def upload(request: Request) -> HttpResponse:
    """Take a list from a workbook or CSV: all of it, or nothing with the places that are wrong."""
    context: dict[str, Any] = {"routes": names(request)}
    if request.method != "POST":
        return render(request, "paperwork/import.html", context)
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > reading.MOST_BYTES:
        context["refused"] = _("30MBまでの xlsx か CSV を1つ選んでください。")
        return render(request, "paperwork/import.html", context, status=422)
    content = file.read()
    try:
        found = reading.read_list(str(file.name), content)
    except Unreadable as unreadable:
        context["refused"] = f"{unreadable.reason}{unreadable.mend}"
        return render(request, "paperwork/import.html", context, status=422)
    if found.problems:
        return render(
            request, "paperwork/import.html", {**context, "problems": found.problems}, status=422
        )

    def do() -> int:
        digest = hashlib.sha256(content).hexdigest()
        return services.import_uses(
            actor=request.actor, entries=found.entries, digest=digest, now=request.now
        )

    count, refused = counted(do)
    if refused:
        return render(request, "paperwork/import.html", {**context, "refused": refused}, status=409)
    words = _("%(count)s件を加えました。もうあった%(left)s件は、そのままです。")
    left = len(found.entries) - count
    return back(request, "list", words % {"count": count, "left": left})


def pattern(request: Request) -> HttpResponse:
    """Give an empty workbook with the headings."""
    return as_file(to_xlsx(reading.pattern()), XLSX, "業務・帳票の一覧.xlsx")
