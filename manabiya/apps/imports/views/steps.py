"""The steps of an import: choose files, match columns, look at the result, apply."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from manabiya.apps.imports import forms, leaving, queries, services
from manabiya.apps.imports.columns import KINDS
from manabiya.apps.imports.files import Upload, tables_of
from manabiya.apps.imports.models import ImportRun
from manabiya.apps.imports.planning import TABS
from manabiya.apps.imports.reading import LIMITS
from manabiya.apps.imports.reading.files import too_big
from manabiya.apps.imports.refusals import ImportRefused
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now
from manabiya.law.era import format_era
from manabiya.law.school_year import first_day, label, school_year_of

State = ImportRun.State
FORM_BYTES = 1 << 20
DRAINED = 256 << 20
PIECE = 1 << 20


def route_name(request: Request, name: str) -> str:
    """Return the name of a route in the area of the request (board or school)."""
    return name if request.actor.school_id else f"board-{name}"


@csrf_exempt  # the token is checked in _overview: after the size, before anything is kept
def overview(request: Request) -> HttpResponse:
    """Choose files, see the last imports, download templates; refuse an upload that is too big.

    The size is looked at before a byte is read: a huge upload is passed by without being kept.
    """
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and size > LIMITS.upload_bytes + FORM_BYTES:
        _pass_by(request, size)
        error = too_big(size)
        return _choose(request, f"{error.reason}{error.mend}何も変えていません。", 413)
    response: HttpResponse = _overview(request)
    return response


def _pass_by(request: Request, size: int) -> None:
    """Read an upload to its end without keeping it, so that the browser hears the answer."""
    left = min(size, DRAINED)
    while left > 0 and (piece := request.read(min(PIECE, left))):
        left -= len(piece)


@csrf_protect
def _overview(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _choose(request)
    uploads = [
        Upload(file.name or "", file.read())
        for file in request.FILES.getlist("files")
        if file.size is not None and file.size <= LIMITS.upload_bytes
    ]
    try:
        run = services.take_files(
            actor=request.actor,
            uploads=uploads,
            effective_on=_first_effective(request),
            now=real_now(),
        )
    except ImportRefused as error:
        return _choose(request, str(error), 422)
    return redirect(here(request, route_name(request, "import"), run=run.id))


def _first_effective(request: Request) -> date:
    """Return today, or the first day of the school year when nobody is enrolled yet."""
    if queries.has_children(request.actor.school_id):
        return request.today
    return first_day(school_year_of(request.today))


def _choose(request: Request, problem: str = "", status: int = 200) -> HttpResponse:
    if problem:
        request.must_roll_back = True
    context = {
        "problem": problem,
        "runs": queries.latest_runs(request.actor),
        "kinds": KINDS,
        "prefix": "" if request.actor.school_id else "board-",
        "limits": {
            "file": LIMITS.megabytes(LIMITS.file_bytes),
            "all": LIMITS.megabytes(LIMITS.upload_bytes),
            "files": LIMITS.files,
        },
    }
    return render(request, "imports/choose.html", context, status=status)


def run(request: Request, run: UUID) -> HttpResponse:
    """Show an import at the step where it is."""
    found = queries.run_of(request.actor, run)
    match found.state:
        case State.MATCHING:
            return _columns(request, found, tables_of(found))
        case State.PLANNING | State.APPLYING:
            return _waiting(request, found)
        case _ if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Refresh": "true"})
        case State.READY:
            return _result(request, found)
        case _:
            return _page(request, "imports/ended.html", found, {})


def _waiting(request: Request, found: ImportRun) -> HttpResponse:
    """Show how far the work is; to the page that looks again, the share and its words only."""
    progress = queries.progress_of(found)
    if request.headers.get("HX-Request"):
        return render(request, "imports/_progress.html", {"progress": progress})
    context: dict[str, object] = {
        "is_stuck": found.changed_at < real_now() - services.LONG,
        "progress": progress,
    }
    return _page(request, "imports/waiting.html", found, context)


def _page(
    request: Request, template: str, found: ImportRun, context: dict[str, object], status: int = 200
) -> HttpResponse:
    everything = {
        "run": found,
        "year": label(school_year_of(found.effective_on)),
        "effective_on": format_era(found.effective_on),
        "prefix": "" if request.actor.school_id else "board-",
        "rows": queries.count_rows(found),
        **context,
    }
    return render(request, template, everything, status=status)


def columns(request: Request, run: UUID) -> HttpResponse:
    """Match columns: show them again, change a kind, or keep the match and try."""
    found = queries.run_of(request.actor, run)
    if found.state not in services.OPEN_STATES or not tables_of(found):
        return redirect(here(request, route_name(request, "import"), run=found.id))
    if request.method != "POST":
        return _columns(request, found, tables_of(found))
    tables, is_changed = forms.posted_tables(request.POST, tables_of(found))
    day = forms.DayForm(request.POST)
    if is_changed:
        return _columns(request, found, tables, day, status=200)
    problem = ""
    if twice := forms.doubles(tables):
        problem = _("%(fields)sが2つの列に付いています。片方を「取り込まない」にしてください。") % {
            "fields": "、".join(twice)
        }
    if day.is_valid() and not problem:
        try:
            services.match_columns(
                actor=request.actor,
                run_id=run,
                matches=forms.matches(tables),
                effective_on=day.cleaned_data["effective_on"],
                now=real_now(),
            )
        except ImportRefused as error:
            problem = str(error)
        else:
            return redirect(here(request, route_name(request, "import"), run=run))
    return _columns(request, found, tables, day, problem, status=422)


def _columns(
    request: Request,
    found: ImportRun,
    tables: list[dict[str, object]],
    day: forms.DayForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    if problem:
        request.must_roll_back = True
    day = day or forms.DayForm(initial={"effective_on": format_era(found.effective_on)})
    context: dict[str, object] = {
        "tables": [queries.table_choice(n, table) for n, table in enumerate(tables)],
        "kind_options": queries.KIND_OPTIONS,
        "form": day,
        "problem": problem,
    }
    return _page(request, "imports/columns.html", found, context, status)


def _result(
    request: Request,
    found: ImportRun,
    problem: str = "",
    status: int = 200,
    posted: Mapping[str, str] | None = None,
) -> HttpResponse:
    tab = request.GET.get("tab", "")
    counts = found.counts.get("tabs", {})
    if tab not in TABS:
        tab = next((key for key in TABS if counts.get(key)), "problems")
    page = request.GET.get("page", "1")
    number = int(page) if page.isdigit() and len(page) < 7 else 1
    counts = found.counts
    nouns = counts.get("nouns", {}).values()
    context: dict[str, object] = {
        "result_tabs": queries.tabs_of(found, tab),
        "page": queries.result_page(found, tab, number, posted or {}),
        "added": sum(noun.get("added", 0) for noun in nouns),
        "changed": sum(noun.get("changed", 0) + noun.get("moved", 0) for noun in nouns),
        "problem": problem,
    }
    return _page(request, "imports/result.html", found, context, status)


@require_POST
def decide(request: Request, run: UUID) -> HttpResponse:
    """Keep what was chosen and try again (also after the roster changed); back to the same tab."""
    found = queries.run_of(request.actor, run)
    decisions = forms.posted_decisions(request.POST)
    if turned := forms.turned_to(request.POST):
        return _turn(request, found, decisions, *turned)
    try:
        services.decide(actor=request.actor, run_id=run, decisions=dict(decisions), now=real_now())
    except ImportRefused as error:
        return _refused(request, found, error, decisions)
    address = here(request, route_name(request, "import"), run=run)
    tab = request.GET.get("tab", "")
    return redirect(f"{address}?tab={tab}" if tab in TABS else address)


def _turn(
    request: Request, found: ImportRun, decisions: Mapping[str, str], tab: str, number: str
) -> HttpResponse:
    """Go to another page of the result; what was chosen on this one is kept."""
    try:
        if found.state == State.READY and (new := leaving.news(found, decisions)):
            services.keep_choices(
                actor=request.actor, run_id=found.id, decisions=new, now=real_now()
            )
    except ImportRefused as error:
        return _refused(request, found, error, decisions)
    address = here(request, route_name(request, "import"), run=found.id)
    return redirect(f"{address}?tab={tab}&page={number}#tabs")


@require_POST
def apply(request: Request, run: UUID) -> HttpResponse:
    """Let what is shown be applied; choices on the page that were not tried are kept instead."""
    found = queries.run_of(request.actor, run)
    try:
        decisions = forms.posted_decisions(request.POST)
        if found.state == State.READY and leaving.news(found, decisions):
            return _turn(request, found, decisions, *forms.place(request.GET))
        services.start_applying(
            actor=request.actor,
            run_id=run,
            digest=request.POST.get("digest", ""),
            now=real_now(),
        )
    except ImportRefused as error:
        return _refused(request, found, error)
    return redirect(here(request, route_name(request, "import"), run=run))


def _refused(
    request: Request,
    found: ImportRun,
    error: ImportRefused,
    decisions: Mapping[str, str] | None = None,
) -> HttpResponse:
    request.must_roll_back = True
    if found.state == State.READY:
        return _result(request, found, str(error), 409, decisions)
    return _page(request, "imports/ended.html", found, {"problem": str(error)}, 409)


@require_POST
def discard(request: Request, run: UUID) -> HttpResponse:
    """End an import without applying it."""
    found = queries.run_of(request.actor, run)
    try:
        services.discard(actor=request.actor, run_id=run, now=real_now())
    except ImportRefused as error:
        return _refused(request, found, error)
    return redirect(here(request, route_name(request, "imports")))
