"""What was typed into the editor of a set, over what stands; the address of a way."""

from collections.abc import Mapping

from django import template

from manabiya.apps.checklist.queries.years import year_label
from manabiya.kernel.access.addresses import here
from manabiya.kernel.registry import Way
from manabiya.law.checklist_sets import Question

register = template.Library()


@register.simple_tag
def typed(post: Mapping[str, str], field: str, question: Question) -> str:
    """Return the posted text of a question's field, or what the set says."""
    return post.get(f"{field}:{question.key}", str(getattr(question, field)))


@register.simple_tag
def year_name(school_year: int) -> str:
    """Return a school year as people say it (「令和7年度」)."""
    return year_label(school_year)


@register.simple_tag(takes_context=True)
def way_url(context: template.Context, way: Way) -> str:
    """Return the address of a way in the area of the request."""
    return here(context["request"], way.route, **way.values)
