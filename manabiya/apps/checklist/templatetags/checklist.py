"""What was typed into the editor of a set, over what stands."""

from collections.abc import Mapping

from django import template

from manabiya.law.checklist_sets import Question

register = template.Library()


@register.simple_tag
def typed(post: Mapping[str, str], field: str, question: Question) -> str:
    """Return the posted text of a question's field, or what the set says."""
    return post.get(f"{field}:{question.key}", str(getattr(question, field)))
