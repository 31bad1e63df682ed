"""The guardian's home: a card per child."""

from django.http import HttpResponse
from django.shortcuts import render

from manabiya.apps.attendance import queries
from manabiya.apps.attendance.views.changes import ChangeWords, words_of
from manabiya.apps.attendance.views.outbox import account_key
from manabiya.kernel.access.requests import Request
from manabiya.roster.queries import moving_children


def home(request: Request) -> HttpResponse:
    """Show the children of today, what was reported, and who is between two schools."""
    cards = queries.family_home(request.actor, now=request.now)
    context = {
        "cards": cards,
        "changes": _changes(cards),
        "moving": moving_children(request.actor.person_id, request.today),
        "outbox_account": account_key(request),
    }
    return render(request, "attendance/family_home.html", context)


def _changes(cards: list[queries.ChildCard]) -> list[tuple[str, list[ChangeWords]]]:
    """Return what is changed about school days, today's first, with whom it is about.

    With one child only, nobody needs to be named.
    """
    about: dict[ChangeWords, list[str]] = {}
    for card in cards:
        for ahead in card.changes:
            about.setdefault(words_of(ahead), []).append(card.child.name)
    found: dict[str, list[ChangeWords]] = {}
    for line, names in sorted(about.items(), key=lambda pair: not pair[0].is_today):
        found.setdefault("、".join(names) if len(cards) > 1 else "", []).append(line)
    return list(found.items())
