"""The staff room: classes nobody confirmed, children who are 未着, what became of others."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.morning import queries
from manabiya.apps.morning.policies import PHONE_OPEN
from manabiya.kernel.access.requests import Request


def staff_room(request: Request) -> HttpResponse:
    """Show the staff room at this moment."""
    room = queries.staff_room(request.actor, now=request.now)
    return render(
        request,
        "morning/staff_room.html",
        {"room": room, "may_take_calls": PHONE_OPEN.may(request.actor)},
    )
