"""The list of protections, and the search for the child a new one is about."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.roster.protection import listing, rules, search
from manabiya.roster.protection.views.places import addresses


def protections(request: Request) -> HttpResponse:
    """Show what is in force, what was ended, and at a school who opened an address."""
    lines = listing.open_protections(request.actor)
    context = {
        "at": addresses(request),
        "lines": lines,
        "passed": sum(line.review is rules.Review.PASSED for line in lines),
        "ended": listing.ended_protections(request.actor),
        "openings": listing.openings(request.actor) if request.actor.school_id else None,
    }
    return render(request, "roster/protection/list.html", context)


def choose(request: Request) -> HttpResponse:
    """Find the child by name or 識別番号."""
    typed = request.GET.get("q", "")
    found = search.find_children(request.actor, typed)
    context = {"at": addresses(request), "typed": typed, "found": found, "most": search.MOST}
    return render(request, "roster/protection/choose.html", context)
