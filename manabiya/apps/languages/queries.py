"""Reads: which further languages are on here, and what the board needs to decide it."""

from dataclasses import dataclass

from django.conf import settings

from manabiya.apps.languages.models import LanguageSwitch
from manabiya.apps.languages.policies import LANGUAGE_SWITCH
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.ui.standings import LanguageStanding, standing_of


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A further language: how far it is checked, whether families may choose it, its history."""

    code: str
    name: str
    standing: LanguageStanding
    is_on: bool
    history: tuple[LanguageSwitch, ...]


def language_switches() -> dict[str, bool]:
    """Return the last decision about each language of the municipality in scope; one query."""
    rows = LanguageSwitch.objects.order_by("language", "-set_at", "-id").distinct("language")
    return dict(rows.values_list("language", "is_on"))


def is_on(language: str) -> bool:
    """Return whether families may choose the language here: decided so, or checked throughout."""
    return language_switches().get(language, standing_of(language).is_checked)


def language_lines(viewer: Actor) -> list[LanguageLine]:
    """Return the further languages of the house with their history, newest first; one query."""
    rows = list(
        LANGUAGE_SWITCH.filter(viewer, LanguageSwitch.objects.all())
        .select_related("set_by")
        .order_by("-set_at", "-id")
    )
    return [
        _line(code, name, tuple(row for row in rows if row.language == code))
        for code, name in settings.FURTHER_LANGUAGES
    ]


def _line(code: str, name: str, history: tuple[LanguageSwitch, ...]) -> LanguageLine:
    standing = standing_of(code)
    return LanguageLine(
        code=code,
        name=name,
        standing=standing,
        is_on=history[0].is_on if history else standing.is_checked,
        history=history,
    )
