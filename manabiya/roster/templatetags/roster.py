"""What a page says where nobody belongs to a class or a school yet."""

from typing import Any

from django import template

from manabiya.roster.enrolling.tiles import import_route

register = template.Library()


@register.inclusion_tag("roster/nobody_yet.html", takes_context=True)
def nobody_yet(context: template.Context) -> dict[str, Any]:
    """Return the block that says so, with the way to the import for who may open it."""
    request = context["request"]
    return {"request": request, "import_route": import_route(request.actor)}
