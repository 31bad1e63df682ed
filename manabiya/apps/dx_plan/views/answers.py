"""What the views share: the page of a plan with a refusal in it, files, the way back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from manabiya.apps.dx_plan import figures, queries
from manabiya.apps.dx_plan.document import Document
from manabiya.apps.dx_plan.forms import ReasonForm, Versioned
from manabiya.apps.dx_plan.models import PlanAction, PlanEdition
from manabiya.apps.dx_plan.policies import PLAN_DECIDE, PLAN_WRITE
from manabiya.apps.dx_plan.refusals import ChangedMeanwhile, PlanRefused
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.era import format_era

PDF = "application/pdf"


def plan_page(
    request: Request, plan: UUID, *, problem: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """Return the page of a plan; ``problem``: why a deed was refused."""
    page = queries.plan_page(request.actor, plan)
    context = {
        "page": page,
        "plan": page.plan,
        "charts": figures.goal_figures(page),
        "states": PlanAction.State.choices,
        "reason_form": ReasonForm(initial={"version": page.plan.version}),
        "may_write": PLAN_WRITE.may(request.actor),
        "may_decide": PLAN_DECIDE.may(request.actor),
        "problem": problem,
        **more,
    }
    return render(request, "dx_plan/plan.html", context, status=status)


def done(request: Request, words: str, plan: UUID) -> HttpResponse:
    """Go back to the plan and say what was done."""
    messages.success(request, words, extra_tags="done")
    return redirect(here(request, "board-dx-plan", plan=plan))


def refuse(form: Versioned, refusal: PlanRefused) -> None:
    """Show the refusal in the form; what was typed stays and may be saved over the newer version."""
    form.add_error(None, str(refusal))
    if isinstance(refusal, ChangedMeanwhile):
        form.renew(refusal.version)


def words_of(form: BaseForm) -> str:
    """Return a form's errors as one text."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def standing_of(edition: PlanEdition | None, document: Document) -> str:
    """Return whether the document is a draft or decided, in words."""
    if edition is None:
        return _("第%(n)s版の案") % {"n": document.edition}
    day = format_era(edition.decided_on)
    return _("第%(n)s版 %(day)s 決定") % {"n": edition.number, "day": day}


def as_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file: a PDF to look at, everything else to keep."""
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(kind != PDF, name)
    if header:
        response.headers["Content-Disposition"] = header
    return response
