"""The page 今日 of a school and of the board: tiles the apps contribute."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.kernel.access.requests import Request
from manabiya.kernel.access.routes import Area
from manabiya.kernel.registry import registry
from manabiya.roster.calendar.policies import DAY_CHANGE_SET


def school(request: Request) -> HttpResponse:
    """Show what waits at the school today."""
    return _today(request, Area.SCHOOL)


def board(request: Request) -> HttpResponse:
    """Show the city's today."""
    return _today(request, Area.BOARD)


def _today(request: Request, area: Area) -> HttpResponse:
    tiles = []
    for tile in sorted(registry.tiles.values(), key=lambda tile: tile.order):
        if tile.area is area and tile.policy.may(request.actor):
            context = tile.build(actor=request.actor, now=request.now)
            if context is not None:
                tiles.append({"template": tile.template, "key": tile.key, **context})
    may_change_day = area is Area.SCHOOL and DAY_CHANGE_SET.may(request.actor)
    context = {"tiles": tiles, "area": area.name.lower(), "may_change_day": may_change_day}
    return render(request, "roster/today.html", context)
