"""The screen on the wall, and the board it asks for every fifteen seconds."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from manabiya.apps.monitor import queries, services
from manabiya.apps.monitor.wall import Wall
from manabiya.kernel.access.requests import Request
from manabiya.kernel.clock import real_now

MANY = 16
"""More classes than this stand in two columns."""
LISTED = 12
"""Open classes are named apart only when they are no more than this: the table shows them too."""
SUMS = ("present", "enrolled", "absent", "late", "not_arrived")


def screen(request: Request) -> HttpResponse:
    """Show the whole screen."""
    return _answer(request, "monitor/screen.html")


def board(request: Request) -> HttpResponse:
    """Give the board alone; 304 while nothing has changed since the version asked for."""
    if request.headers.get("If-None-Match", "") == _tag(_wall(request)):
        return HttpResponseNotModified(headers={"ETag": _tag(_wall(request))})
    return _answer(request, "monitor/_board.html")


def _answer(request: Request, template: str) -> HttpResponse:
    wall = _wall(request)
    services.note_seen(wall.id, wall.last_seen_at, real_now())
    page = None if wall.is_dark else queries.board(wall)
    context = {
        "wall": wall,
        "page": page,
        "columns": _columns(page),
        "sums": _sums(page),
        "listed": LISTED,
        "tag": _tag(wall),
    }
    response = render(request, template, context)
    response.headers["ETag"] = _tag(wall)
    return response


def _columns(page: queries.Board | None) -> list[tuple[queries.Room, ...]]:
    """Return the classes in one column, or in two halves when there are many."""
    if page is None or len(page.rooms) <= MANY:
        return [page.rooms] if page else []
    half = (len(page.rooms) + 1) // 2
    return [page.rooms[:half], page.rooms[half:]]


def _sums(page: queries.Board | None) -> dict[str, int]:
    if page is None:
        return {}
    confirmed = len(page.rooms) - len(page.open_rooms)
    return {name: page.total(name) for name in SUMS} | {"confirmed": confirmed}


def _wall(request: Request) -> Wall:
    wall = request.device
    assert isinstance(wall, Wall)
    return wall


def _tag(wall: Wall) -> str:
    return f'"{wall.version}"'
