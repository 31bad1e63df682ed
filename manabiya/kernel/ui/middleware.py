"""The language of the page: chosen by cookie, never guessed from the browser of a shared desk.

:class:`LanguageMiddleware` knows the languages everybody may read, before anything else is known.
:func:`family_language` runs after the hat of the request is on: further languages are for guardians.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.decorators import sync_only_middleware

from manabiya.kernel.access.requests import Request
from manabiya.kernel.ui import languages
from manabiya.kernel.ui.furigana import in_page
from manabiya.kernel.ui.languages import SIMPLE
from manabiya.kernel.ui.standings import standing_of


class LanguageMiddleware(LocaleMiddleware):
    """Activate the chosen language; in やさしい日本語 turn 漢字《かんじ》 into ruby."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the cookie, else Japanese."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Name the language; add ruby where furigana are written."""
        response.headers.setdefault(
            "Content-Language", "ja" if translation.get_language() == SIMPLE else _language()
        )
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming and translation.get_language() == SIMPLE:
            response.content = in_page(response.content.decode()).encode()
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


@sync_only_middleware
def family_language(
    get_response: Callable[[Request], HttpResponse],
) -> Callable[[Request], HttpResponse]:
    """Activate the further language a guardian chose, where it is offered now; else say that it is off."""
    for code, _name in settings.FURTHER_LANGUAGES:
        standing_of(code)  # catalogues are read when the process starts, never for a page

    def middleware(request: Request) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "told_gone_language", False):
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        return response

    def process_view(
        request: Request, view: Callable[..., HttpResponse], args: object, kwargs: dict[str, str]
    ) -> None:
        chosen = languages.further(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        if chosen is None or not languages.is_guardian(request):
            return
        if chosen in languages.offered(request):
            translation.activate(chosen.code)
            request.LANGUAGE_CODE = chosen.code
        else:
            request.gone_language = chosen  # type: ignore[attr-defined]

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware
