"""Further languages: offered to guardians only, where every text is checked or the board says so.

日本語, やさしい日本語 and English (``LANGUAGES``) are everybody's. A further one
(``FURTHER_LANGUAGES``) is known only after the municipality and the hat of a request are.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from manabiya.kernel.identity.models import Hat
from manabiya.kernel.registry import registry
from manabiya.kernel.ui.standings import standing_of

SIMPLE = "ja-simple"


@dataclass(frozen=True, slots=True)
class Language:
    """A further language: code, its own name, and a sentence in it (``words``) where one is said."""

    code: str
    name: str
    words: str = ""


def further(code: str | None) -> Language | None:
    """Return the further language of a code; None when it is none."""
    name = dict(settings.FURTHER_LANGUAGES).get(code or "")
    return Language(code, name) if code and name else None


def name_of(code: str) -> str:
    """Return the own name of a language of the house."""
    return dict([*settings.LANGUAGES, *settings.FURTHER_LANGUAGES]).get(code, "")


def is_guardian(request: HttpRequest) -> bool:
    """Return whether the page is opened by a guardian, in that hat."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.hat is Hat.GUARDIAN


def offered(request: HttpRequest) -> tuple[Language, ...]:
    """Return the further languages a guardian may choose here; one question, once a request.

    What the board decided holds; where it decided nothing, a language is offered once every text
    is checked.
    """
    if not is_guardian(request):
        return ()
    found: tuple[Language, ...] | None = getattr(request, "offered_languages", None)
    if found is None:
        decided = registry.language_switches() if registry.language_switches else {}
        found = tuple(
            Language(code, name)
            for code, name in settings.FURTHER_LANGUAGES
            if decided.get(code, standing_of(code).is_checked)
        )
        request.offered_languages = found  # type: ignore[attr-defined]
    return found


def unchecked() -> Language | None:
    """Return the language of the page when it has texts nobody has checked."""
    language = further(translation.get_language())
    return None if language is None or standing_of(language.code).is_checked else language


def gone(request: HttpRequest) -> Language | None:
    """Return the language a guardian had chosen that is not offered any more, with words in it."""
    language: Language | None = getattr(request, "gone_language", None)
    if language is None:
        return None
    with translation.override(language.code):
        return Language(language.code, language.name, unavailable(language))


def unavailable(language: Language) -> str:
    """Return the sentence about a language that is off, in the language of the page."""
    return _("%(language)sは、いまは使えません。日本語で表示しています。") % {
        "language": language.name
    }


def of_language() -> dict[str, Any]:
    """Return what the base of any page, error pages too, says about its language."""
    code = translation.get_language() or "ja"
    return {
        "language": code,
        "language_name": name_of(code),
        "html_lang": "ja" if code == SIMPLE else code,
        "unchecked_language": unchecked(),
    }
