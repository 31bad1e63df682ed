"""The board's pages about schools: one school's standing, and who is behind in the band 80以上."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.apps.checklist import queries, services
from manabiya.apps.checklist.claim_forms import OutreachForm
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request


def standing(request: Request, school_id: UUID) -> HttpResponse:
    """Show one school to the board."""
    page = queries.school_standing(request.actor, school_id=school_id)
    return render(request, "checklist/standing.html", {"page": page, "is_board": True})


def behind(request: Request) -> HttpResponse:
    """List the schools that are behind in the items every school is to do soon."""
    return _behind(request)


def _behind(
    request: Request, item: str = "", form: OutreachForm | None = None, status: int = 200
) -> HttpResponse:
    page = queries.behind_page(request.actor, today=request.today)
    blank = OutreachForm(people=list(page.people))
    context = {"page": page, "form": form or blank, "tried": item}
    return render(request, "checklist/behind.html", context, status=status)


@require_POST
def outreach(request: Request, item: str) -> HttpResponse:
    """Decide who sees to it that a school does an item, and until when."""
    form = OutreachForm(request.POST, people=queries.board_people(request.today))
    if not form.is_valid():
        return _behind(request, item, form, 422)
    said = form.cleaned_data
    try:
        services.set_outreach(
            actor=request.actor,
            item=item,
            school_id=said["school"],
            owner_id=UUID(said["owner"]),
            due_on=said["due_on"],
            note=said["note"],
            now=request.now,
        )
    except services.ChecklistRefused as refusal:
        form.add_error(None, str(refusal))
        return _behind(request, item, form, 409)
    messages.success(request, _("担当と期日を決めました。"), extra_tags="done")
    return redirect(f"{here(request, 'board-checklist-behind')}#{item}")
