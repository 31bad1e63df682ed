"""The language of the page: chosen by cookie, never guessed from the browser of a shared desk."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from manabiya.kernel.ui.furigana import in_page

SIMPLE = "ja-simple"


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
