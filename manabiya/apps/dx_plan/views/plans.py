"""The list, a plan, its words, deciding and changing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist.queries.figures import year_label
from manabiya.apps.dx_plan import queries, services
from manabiya.apps.dx_plan.forms import OpenForm, ReasonForm, Versioned, WordsForm
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.views.answers import done, plan_page, refuse, words_of
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of

FURTHER = 10


def plans(request: Request) -> HttpResponse:
    """List the plans."""
    lines = queries.plan_list(request.actor)
    return render(request, "dx_plan/list.html", {"lines": lines})


def begin(request: Request) -> HttpResponse:
    """Begin a plan."""
    this = school_year_of(request.today)
    years = [queries.YearChoice(y, year_label(y)) for y in range(this - 3, this + FURTHER)]
    baselines = queries.baselines(request.actor)
    start = {"title": _("校務DX計画"), "first_year": this, "last_year": this + 3}
    form = OpenForm(request.POST or None, years=years, baselines=baselines, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                plan = services.open_plan(actor=request.actor, **form.cleaned_data)
            except PlanRefused as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                return done(request, _("計画の案をつくりました。"), plan.id)
    context = {"form": form, "baselines": baselines}
    return render(request, "dx_plan/begin.html", context, status=status)


def plan(request: Request, plan: UUID) -> HttpResponse:
    """Show a plan: goals, actions, editions."""
    return plan_page(request, plan)


def words(request: Request, plan: UUID) -> HttpResponse:
    """Write the words of the chapters."""
    page = queries.plan_page(request.actor, plan)
    form = WordsForm(request.POST or None, initial=WordsForm.initial_of(page.plan))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data["version"]
            try:
                services.write_words(
                    actor=request.actor, plan_id=plan, words=form.words, version=said
                )
            except PlanRefused as refusal:
                refuse(form, refusal)
                status = 409
            else:
                return done(request, _("文を保存しました。"), plan)
    context = {"form": form, "page": page, "plan": page.plan, "is_clash": status == 409}
    return render(request, "dx_plan/words.html", context, status=status)


@require_POST
def decide(request: Request, plan: UUID) -> HttpResponse:
    """Decide the draft as it was shown."""
    form = Versioned(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problem=words_of(form), status=422)
    try:
        services.decide_plan(
            actor=request.actor, plan_id=plan, now=request.now, **form.cleaned_data
        )
    except PlanRefused as refusal:
        return plan_page(request, plan, problem=str(refusal), status=409)
    return done(request, _("計画を決定しました。市のすべての学校の教職員が読めます。"), plan)


@require_POST
def revise(request: Request, plan: UUID) -> HttpResponse:
    """Begin the next edition."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problem=words_of(form), status=422, reason_form=form)
    try:
        services.revise_plan(actor=request.actor, plan_id=plan, **form.cleaned_data)
    except PlanRefused as refusal:
        refuse(form, refusal)
        return plan_page(request, plan, problem=str(refusal), status=409, reason_form=form)
    return done(request, _("次の版の案を始めました。決定するまで、いまの計画が有効です。"), plan)


@require_POST
def drop(request: Request, plan: UUID) -> HttpResponse:
    """Throw a draft away that was never decided."""
    form = Versioned(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problem=words_of(form), status=422)
    try:
        services.drop_plan(actor=request.actor, plan_id=plan, **form.cleaned_data)
    except PlanRefused as refusal:
        return plan_page(request, plan, problem=str(refusal), status=409)
    messages.success(request, _("案を消しました。"), extra_tags="done")
    return redirect(here(request, "board-dx-plans"))
