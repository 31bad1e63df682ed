"""Numbers that may be kept back, as cells."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from manabiya.apps.city.words import STAR, disease_word, kind_word, reason_word

register = template.Library()


@register.filter
def counted(number: int | Decimal | None) -> str:
    """Return a number with its commas, ＊ for one that is kept back."""
    return STAR if number is None else f"{number:,}"


@register.simple_tag
def cell(number: int | Decimal | None, extra: str = "") -> SafeString:
    """Return a table cell with a number; zeros are quiet."""
    quiet = " zero" if number is None or number == 0 else ""
    return format_html(
        '<td class="n{}{}">{}</td>', quiet, f" {extra}" if extra else "", counted(number)
    )


register.filter("disease", disease_word)
register.filter("reason", reason_word)
register.filter("school_kind", kind_word)
