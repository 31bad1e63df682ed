"""The page 家庭のことば: how far each further language is checked, and its switch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from manabiya.apps.languages import queries, services
from manabiya.kernel.access.addresses import here
from manabiya.kernel.access.requests import Request
from manabiya.kernel.ui.languages import name_of


def languages(request: Request) -> HttpResponse:
    """Show the languages; on POST turn one on or off."""
    if request.method != "POST":
        return _page(request)
    language, is_on = request.POST.get("language", ""), request.POST.get("on") == "yes"
    try:
        services.switch_language(actor=request.actor, language=language, on=is_on, now=request.now)
    except services.LanguageRefused as refusal:
        return _page(request, problem=str(refusal), status=409)
    said = _("%(language)sを家庭に出しました。") if is_on else _("%(language)sを止めました。")
    messages.success(request, said % {"language": name_of(language)}, extra_tags="done")
    return redirect(here(request, "board-languages"))


def _page(request: Request, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"lines": queries.language_lines(request.actor), "problem": problem}
    return render(request, "languages/languages.html", context, status=status)
