"""What every page needs: where we are, who we are, what the bar shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.access.routes import Area
from manabiya.kernel.clock import next_step
from manabiya.kernel.identity.models import Hat
from manabiya.kernel.identity.views.entry import demo_is_open
from manabiya.kernel.registry import MenuEntry, registry
from manabiya.kernel.ui import languages

AREAS = {Hat.STAFF: Area.SCHOOL, Hat.BOARD: Area.BOARD, Hat.GUARDIAN: Area.FAMILY}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A word of the bar or a tab."""

    label: str
    url: str
    is_current: bool


def page(request: Request) -> dict[str, Any]:
    """Return the context of the base templates; asks no question of the database.

    Only the menu of a guardian's page asks one when it is drawn: which further languages there are.
    """
    actor = getattr(request, "actor", None)
    municipality = getattr(request, "municipality", None)
    bar, tabs = _menu(request) if actor is not None else ([], [])
    return {
        "nav": bar,
        "tabs": tabs,
        "place": actor.place if actor else (),
        "hat_label": actor.label if actor else "",
        "person_label": actor.name if actor else "",
        "support_session_id": actor.support_session_id if actor else None,
        "is_demo": bool(municipality and municipality.is_demo),
        "clock_step": _clock_step(request) if actor is not None else "",
        "is_trial_database": settings.MANABIYA_TRIAL_DATABASE,
        "languages": settings.LANGUAGES,
        "further_languages": lambda: languages.offered(request),
        "gone_language": lambda: _gone(request),
        **languages.of_language(),
    }


def _gone(request: Request) -> languages.Language | None:
    """Return the language that is off now; once said, it is forgotten with the answer."""
    found = languages.gone(request)
    if found is not None:
        request.told_gone_language = True  # type: ignore[attr-defined]
    return found


def _clock_step(request: Request) -> str:
    """Return where the clock of a demo may be moved on to from here, or an empty text."""
    if not request.municipality.is_demo or not demo_is_open(request):
        return ""
    return next_step(request.now).value


def _menu(request: Request) -> tuple[list[MenuItem], list[MenuItem]]:
    actor = request.actor
    area = Area.SCHOOL if actor.school_id is not None else AREAS[actor.hat]
    entries = sorted(
        (e for e in registry.menu.values() if e.area is area and e.policy.may(actor)),
        key=lambda entry: entry.order,
    )
    addresses = {entry.key: here(request, entry.route) for entry in entries}
    current = _current(request.path, entries, addresses)
    section = (current.section or current.key) if current else ""
    bar = [_item(e, addresses, section) for e in entries if not e.section]
    tabs = [
        _item(e, addresses, current.key if current else "")
        for e in entries
        if e.section and e.section == section
    ]
    return bar, tabs


def _current(path: str, entries: list[MenuEntry], addresses: dict[str, str]) -> MenuEntry | None:
    """Return the entry with the longest address the path begins with; a tab before its word."""
    under = [e for e in entries if path.startswith(addresses[e.key])]
    return max(under, key=lambda e: (len(addresses[e.key]), bool(e.section)), default=None)


def _item(entry: MenuEntry, addresses: dict[str, str], current: str) -> MenuItem:
    return MenuItem(entry.label, addresses[entry.key], entry.key == current)
