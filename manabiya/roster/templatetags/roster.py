"""What pages say where nobody belongs to a class yet, and where a class is closed."""

from typing import Any

from django import template

from manabiya.roster.calendar import words
from manabiya.roster.calendar.rules import Change
from manabiya.roster.enrolling.tiles import import_route

register = template.Library()


@register.inclusion_tag("roster/nobody_yet.html", takes_context=True)
def nobody_yet(context: template.Context) -> dict[str, Any]:
    """Return the block that says so, with the way to the import for who may open it."""
    request = context["request"]
    return {"request": request, "import_route": import_route(request.actor)}


@register.simple_tag
def closure_words(change: Change) -> str:
    """Return a closure with its cause and days (学級閉鎖(感染症) 11月20日(金)〜11月22日(日))."""
    return words.closure_words(change)


@register.simple_tag
def length_of(minutes: int) -> str:
    """Return 2時間, 90分."""
    return words.length_of(minutes)


@register.simple_tag
def closure_name(change: Change) -> str:
    """Return what a closure is called (休校, 学年閉鎖, 学級閉鎖)."""
    return words.closure_name(change)
