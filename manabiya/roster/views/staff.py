"""Staff of a school, and today's cover."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.law.school_year import school_year_of
from manabiya.roster import services
from manabiya.roster.forms import CoverForm
from manabiya.roster.policies import STAFF_COMING_VIEW
from manabiya.roster.queries.covers import cover_lines
from manabiya.roster.queries.school_page import school_page
from manabiya.roster.queries.staff import coming_appointments, staff_lines


def staff(request: Request) -> HttpResponse:
    """List who works at the school today, with posts and duties."""
    lines = staff_lines(request.actor)
    people = {line.post.staff_member_id for line in lines}
    context = {
        "lines": lines,
        "staff_count": len(people),
        "may_see_coming": STAFF_COMING_VIEW.may(request.actor),
    }
    return render(request, "roster/staff.html", context)


def coming(request: Request) -> HttpResponse:
    """List the posts that begin later; for managers and the board only."""
    appointments = coming_appointments(request.actor)
    return render(request, "roster/staff_coming.html", {"appointments": appointments})


def school(request: Request) -> HttpResponse:
    """Show what the school is."""
    return render(request, "roster/school.html", {"page": school_page(request.actor)})


def cover(request: Request) -> HttpResponse:
    """Name today's cover, show and end those of today."""
    year = school_year_of(request.today)
    chosen = {"homeroom": request.GET.get("homeroom", "")}
    form = CoverForm(request.POST or None, actor=request.actor, school_year=year, initial=chosen)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            homeroom, member = form.cleaned_data["homeroom"], form.cleaned_data["staff_member"]
            services.name_cover(
                actor=request.actor,
                homeroom_id=homeroom.id,
                staff_member_id=member.id,
                day=request.today,
            )
            words = {"class": homeroom.name, "name": member.name}
            said = _("%(class)sの今日の代理を%(name)sさんに決めました。") % words
            messages.success(request, said, extra_tags="done")
            return redirect(here(request, "roster-cover"))
        status = 422
    context = {"form": form, "lines": cover_lines(request.actor)}
    return render(request, "roster/cover.html", context, status=status)


@require_POST
def end_cover(request: Request, cover: UUID) -> HttpResponse:
    """Take back a cover of today."""
    services.end_cover(actor=request.actor, cover_id=cover)
    messages.success(request, _("代理をやめました。"), extra_tags="done")
    return redirect(here(request, "roster-cover"))
