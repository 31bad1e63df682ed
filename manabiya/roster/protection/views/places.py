"""Which addresses the pages of protection lead to: those of the school, or those of the board."""

from manabiya.kernel.access.requests import Request

NAMES = {
    "list": "protection",
    "choose": "protection-choose",
    "set": "protection-set",
    "review": "protection-review",
    "end": "protection-end",
}


def addresses(request: Request) -> dict[str, str]:
    """Return the names of the routes in the area of the request."""
    prefix = "" if request.actor.school_id is not None else "board-"
    return {key: prefix + name for key, name in NAMES.items()}
