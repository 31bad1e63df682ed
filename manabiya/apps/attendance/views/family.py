"""The guardian's home: a card per child."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.attendance import queries
from manabiya.apps.attendance.views.outbox import account_key
from manabiya.kernel.access.requests import Request
from manabiya.roster.queries import moving_children


def home(request: Request) -> HttpResponse:
    """Show the children of today, what was reported, and who is between two schools."""
    cards = queries.family_home(request.actor, now=request.now)
    context = {
        "cards": cards,
        "moving": moving_children(request.actor.person_id, request.today),
        "outbox_account": account_key(request),
    }
    return render(request, "attendance/family_home.html", context)
