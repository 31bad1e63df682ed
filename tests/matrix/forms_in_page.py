"""Reads the forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """A form: method, action and every value its controls offer, by name."""

    method: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []
        self.select = ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.forms.append(PageForm(found.get("method", "get").lower(), found.get("action", "")))
        elif tag == "select":
            self.select = found.get("name", "")
        elif tag == "option" and self.select:
            self._keep(self.select, found.get("value", ""))
        elif tag in ("input", "button", "textarea"):
            self._keep(found.get("name"), found.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ""

    def _keep(self, name, value):
        if name and self.forms:
            self.forms[-1].values.setdefault(name, []).append(value)


def forms_of(page):
    """Return the forms of an HTML page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
