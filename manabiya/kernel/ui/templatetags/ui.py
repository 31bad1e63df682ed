"""Tags and components of the pages; a builtin library, nothing to load."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from manabiya.kernel.access.addresses import here as here_address
from manabiya.kernel.ui import charts

register = template.Library()


@register.simple_tag(takes_context=True)
def here(context: template.Context, name: str, **kwargs: Any) -> str:
    """Return the address of a route in the municipality and school of the request."""
    return here_address(context["request"], name, **kwargs)


@register.filter
def thousands(number: int) -> str:
    """Return a count with its thousands apart (20,540)."""
    return f"{number:,}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; decorative unless it has a ``label``."""
    address = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def mark(name: str) -> SafeString:
    """Return the square of a day (``absent``, ``late`` …); the word stands beside it."""
    return format_html(
        '<svg class="mark" aria-hidden="true"><use href="{}#m-{}"/></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, example: str = "", kind: str = "") -> dict[str, Any]:
    """Return a form field: label, 必ず or not, example, control, error. ``kind``: a CSS class.

    A form says by ``needed_when`` (name → words) when a field that may be empty is asked for;
    empty words say nothing.
    """
    widget = bound.field.widget
    is_group = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    described = [f"{bound.id_for_label}-hint"] if example or bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-error")
    attributes: dict[str, str | bool] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    if kind:
        attributes["class"] = kind
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attributes) if not is_group else "",
        "example": example or bound.help_text,
        "is_group": is_group,
        "needed_when": getattr(bound.form, "needed_when", {}).get(bound.name),
    }


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Return the list of a form's errors, each a link to its field."""
    return {"form": form}


@register.inclusion_tag("ui/parts/notice.html")
def notice(kind: str, title: str, text: str = "", icon: str = "info") -> dict[str, str]:
    """Return a notice: ``kind`` is info, done, wait, alarm or pencil."""
    return {"kind": kind, "title": title, "text": text, "icon": icon}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: str, text: str = "") -> dict[str, str]:
    """Return the block for "nothing here": why it is empty, what to do."""
    return {"title": title, "text": text}


@register.inclusion_tag("ui/parts/chart.html")
def chart(figure: charts.Chart) -> dict[str, Any]:
    """Return a figure: its drawing, and beside it the table with the same numbers."""
    return {"figure": figure, "rows": charts.rows(figure), "drawn": charts.drawn(figure)}
