"""What 今日 of a school says of enrolling: children to accept, a new year that hasn't come in."""

from datetime import datetime
from typing import Any

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.registry import registry
from manabiya.law.school_year import school_year_of
from manabiya.roster.enrolling import queries

IMPORTS = "imports"


def waiting_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return how many children wait to be accepted; None when nobody does."""
    count = queries.waiting_count(actor)
    return {"count": count} if count else None


def new_year_tile(*, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """Return in April which classes have nobody yet, with the way to the import."""
    if now.month != 4:
        return None
    found = queries.new_year(actor.at, school_year_of(now.date()), now.date())
    if found.classes and not found.empty_classes and not found.waiting:
        return None
    return {"year": found, "import_route": import_route(actor)}


def import_route(actor: Actor) -> str:
    """Return the name of the page where lists are brought in, empty when there is none to open."""
    found = registry.routes.get(IMPORTS)
    may = getattr(found.policy, "may", None) if found else None
    return IMPORTS if may is not None and may(actor) else ""
