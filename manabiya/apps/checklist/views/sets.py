"""Question sets: take a shipped one, bring the ministry's next list, edit, open a round."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.forms import (
    TYPES,
    FigureFileForm,
    RoundForm,
    SetFileForm,
    posted_changes,
)
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of


def overview(request: Request) -> HttpResponse:
    """List the question sets."""
    return _overview(request)


def _overview(
    request: Request,
    *,
    file_form: SetFileForm | None = None,
    round_form: RoundForm | None = None,
    refusal: services.ChecklistRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    page = queries.set_page(request.actor)
    context = {
        "page": page,
        "file_form": file_form or SetFileForm(),
        "round_form": round_form or _round_form(request, page),
        "refusal": refusal,
    }
    return render(request, "checklist/sets.html", context, status=status)


def _round_form(request: Request, page: queries.SetPage) -> RoundForm:
    sets = [(line.row.id, f"{line.row.title}(第{line.row.version}版)") for line in page.lines]
    if request.method == "POST" and "due_on" in request.POST:
        return RoundForm(sets, request.POST)
    return RoundForm(sets, initial={"school_year": school_year_of(request.today)})


@require_POST
def install(request: Request, key: str) -> HttpResponse:
    """Take a shipped set."""
    try:
        row = services.install_set(actor=request.actor, key=key, now=request.now)
    except services.ChecklistRefused as refusal:
        return _overview(request, refusal=refusal, status=409)
    messages.success(
        request, _("%(title)sを入れました。") % {"title": row.title}, extra_tags="done"
    )
    return redirect(here(request, "board-checklist-sets"))


@require_POST
def take(request: Request) -> HttpResponse:
    """Take the ministry's next list from a file."""
    form = SetFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _overview(request, file_form=form, status=422)
    file = form.cleaned_data["file"]
    try:
        row = services.import_set(
            actor=request.actor,
            file_name=file.name,
            content=file.read(),
            school_year=form.cleaned_data["school_year"],
            title=form.cleaned_data["title"],
            source=form.cleaned_data["source"],
            missing=form.cleaned_data["missing"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _overview(request, file_form=form, refusal=refusal, status=422)
    messages.success(
        request, _("%(title)sを入れました。") % {"title": row.title}, extra_tags="done"
    )
    return redirect(here(request, "board-checklist-set", question_set=row.id))


@require_POST
def open_year(request: Request) -> HttpResponse:
    """Open a round for every school and the board."""
    form = _round_form(request, queries.set_page(request.actor))
    if not form.is_valid():
        return _overview(request, round_form=form, status=422)
    try:
        services.open_round(
            actor=request.actor,
            set_id=form.cleaned_data["question_set"],
            school_year=form.cleaned_data["school_year"],
            due_on=form.cleaned_data["due_on"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _overview(request, round_form=form, refusal=refusal, status=409)
    messages.success(request, _("回を始めました。全校が答えられます。"), extra_tags="done")
    return redirect(here(request, "board-checklist-progress"))


def edit(request: Request, question_set: UUID) -> HttpResponse:
    """Show a set; write its next version from what was changed."""
    line = queries.set_of(request.actor, question_set)
    problem = ""
    if request.method == "POST":
        try:
            row = services.revise_set(
                actor=request.actor,
                set_id=question_set,
                changes=posted_changes(request.POST, line.questions),
                missing=request.POST.get("missing", line.questions.missing)[:300],
                now=request.now,
            )
        except services.ChecklistRefused as refusal:
            problem = str(refusal)
        else:
            said = _("第%(version)s版を作りました。始めた回は、前の版のままです。")
            messages.success(request, said % {"version": row.version}, extra_tags="done")
            return redirect(here(request, "board-checklist-set", question_set=row.id))
    return _edit(request, line, FigureFileForm(), problem=problem, status=422 if problem else 200)


def _edit(
    request: Request,
    line: queries.SetLine,
    form: FigureFileForm,
    *,
    problem: str = "",
    refusal: services.ChecklistRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "line": line,
        "types": TYPES,
        "form": form,
        "problem": problem,
        "refusal": refusal,
        "typed": request.POST if problem else {},
    }
    return render(request, "checklist/set.html", context, status=status)


@require_POST
def figures(request: Request, question_set: UUID) -> HttpResponse:
    """Take figures of the set's school year from a file."""
    line = queries.set_of(request.actor, question_set)
    form = FigureFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _edit(request, line, form, status=422)
    file = form.cleaned_data["figures"]
    try:
        count = services.import_figures(
            actor=request.actor,
            file_name=file.name,
            content=file.read(),
            set_id=question_set,
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        return _edit(request, line, form, refusal=refusal, status=422)
    messages.success(request, _("%(count)s件を入れました。") % {"count": count}, extra_tags="done")
    return redirect(here(request, "board-checklist-set", question_set=question_set))
