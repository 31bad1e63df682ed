"""The goals of an item, and the actions."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.dx_plan import queries, services
from manabiya.apps.dx_plan.forms import ActionForm, GoalsForm, StateForm, Versioned
from manabiya.apps.dx_plan.refusals import PlanRefused
from manabiya.apps.dx_plan.rules import even_steps
from manabiya.apps.dx_plan.views.answers import done, plan_page, refuse, words_of
from manabiya.kernel.access.requests import Request


def goals(request: Request, plan: UUID, item: str) -> HttpResponse:
    """Set the goals of an item; ``then=even`` fills the years up to the last in even steps."""
    page = queries.plan_page(request.actor, plan)
    line = queries.goal_line(page, item)
    form = GoalsForm(request.POST or None, years=page.years, line=line)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and request.POST.get("then") == "even":
            form, status = _evened(request, page, line, form), 200
        elif form.is_valid():
            said = form.cleaned_data["version"]
            try:
                services.set_goals(
                    actor=request.actor, plan_id=plan, item=item, goals=form.goals, version=said
                )
            except PlanRefused as refusal:
                refuse(form, refusal)
                status = 409
            else:
                words = _("「%(item)s」の目標を保存しました。") % {"item": line.question.label}
                return done(request, words, plan)
    context = {
        "form": form,
        "page": page,
        "plan": page.plan,
        "line": line,
        "is_clash": status == 409,
    }
    return render(request, "dx_plan/goals.html", context, status=status)


def _evened(
    request: Request, page: queries.PlanPage, line: queries.GoalLine, form: GoalsForm
) -> GoalsForm:
    """Return the form with the years before the last filled; with a word where the last is empty."""
    last = form.goals.get(page.years[-1].school_year)
    if last is None or line.baseline is None:
        form.add_error(
            f"year_{page.years[-1].school_year}", _("最後の年度の目標を書いてください。")
        )
        return form
    filled = GoalsForm(request.POST, years=page.years, line=line)
    years = [one.school_year for one in page.years]
    filled.fill(even_steps(line.baseline.percent, last, years))
    return filled


def add_action(request: Request, plan: UUID) -> HttpResponse:
    """Add an action."""
    return _action(request, plan, None)


def action(request: Request, plan: UUID, action: UUID) -> HttpResponse:
    """Rewrite an action."""
    return _action(request, plan, action)


def _action(request: Request, plan: UUID, action: UUID | None) -> HttpResponse:
    page = queries.plan_page(request.actor, plan)
    line = queries.action_of(page, action) if action else None
    start = ActionForm.initial_of(line) if line else {"version": 0}
    form = ActionForm(request.POST or None, lines=page.lines, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data["version"]
            try:
                services.write_action(
                    actor=request.actor,
                    plan_id=plan,
                    word=form.word,
                    action_id=action,
                    version=said,
                )
            except PlanRefused as refusal:
                refuse(form, refusal)
                status = 409
            else:
                return done(request, _("施策を保存しました。"), plan)
    context = {
        "form": form,
        "page": page,
        "plan": page.plan,
        "line": line,
        "is_clash": status == 409,
    }
    return render(request, "dx_plan/action.html", context, status=status)


@require_POST
def move(request: Request, plan: UUID, action: UUID) -> HttpResponse:
    """Say how far an action is."""
    form = StateForm(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problem=words_of(form), status=422, moved=(action, form))
    try:
        row = services.move_action(
            actor=request.actor, plan_id=plan, action_id=action, **form.cleaned_data
        )
    except PlanRefused as refusal:
        refuse(form, refusal)
        return plan_page(request, plan, problem=str(refusal), status=409, moved=(action, form))
    said = _("「%(title)s」を%(state)sにしました。")
    return done(request, said % {"title": row.title, "state": row.get_state_display()}, plan)


@require_POST
def remove(request: Request, plan: UUID, action: UUID) -> HttpResponse:
    """Take an action off the draft."""
    form = Versioned(request.POST)
    if not form.is_valid():
        return plan_page(request, plan, problem=words_of(form), status=422)
    try:
        services.remove_action(
            actor=request.actor, plan_id=plan, action_id=action, **form.cleaned_data
        )
    except PlanRefused as refusal:
        return plan_page(request, plan, problem=str(refusal), status=409)
    return done(request, _("施策を消しました。"), plan)
