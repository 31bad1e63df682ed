"""Language switch, what makes the product installable, and the page with every component."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from manabiya.kernel.access.requests import Request
from manabiya.kernel.ui.charts import Chart, Series
from manabiya.kernel.ui.languages import further, offered, unavailable


@require_POST
def set_language(request: Request) -> HttpResponse:
    """Keep the chosen language in a cookie for a year and go back."""
    response = _back(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, language)
    return response


@require_POST
def set_family_language(request: Request) -> HttpResponse:
    """Keep the further language a guardian chose, where it is offered now, and go back."""
    response = _back(request)
    language = further(request.POST.get("language"))
    if language is not None and language in offered(request):
        _keep(response, language.code)
    elif language is not None:
        messages.info(request, unavailable(language), extra_tags="wait")
    return response


def _back(request: Request) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    return redirect(back)


def _keep(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=60 * 60 * 24 * 365,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )


WORKER = Path(__file__).parent / "static/ui/sw.js"


@require_GET
def service_worker(request: Request) -> HttpResponse:
    """Serve the service worker from the root, so that it may look after every page."""
    response = HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_GET
def manifest(request: Request) -> HttpResponse:
    """Say what the product is called and looks like on the first screen of a phone."""
    icon = {"src": static("ui/app-icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": "学び舎",
            "short_name": "学び舎",
            "lang": "ja",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#115a36",
            "icons": [icon, {**icon, "purpose": "maskable"}],
        },
        content_type="application/manifest+json",
    )


class _Sample(forms.Form):
    name = forms.CharField(label="学校名", help_text="例 緑が丘小学校")
    note = forms.CharField(label="伝えたいこと", required=False, widget=forms.Textarea)
    month = forms.IntegerField(label="月", max_value=12)
    kind = forms.ChoiceField(label="連絡", choices=[("a", "欠席"), ("b", "遅刻"), ("c", "早退")])


_MONTHS = ("4月", "5月", "6月", "7月", "8月", "9月")
_FIGURES = (
    Chart(
        "sample-line",
        "line",
        "月ごとの出席率",
        "%",
        "月",
        _MONTHS,
        (
            Series("1年", (97.2, 96.8, 95.1, 96.0, 97.4, 96.6), decimals=1),
            Series("2年", (96.1, 95.9, 94.8, 95.2, 96.9, None), decimals=1),
            Series("3年", (95.4, 95.0, 93.2, 94.4, 96.0, 95.1), decimals=1),
        ),
        floor=90,
    ),
    Chart(
        "sample-bar",
        "bar",
        "週ごとの出席停止",
        "名",
        "週",
        ("11/2の週", "11/9の週", "11/16の週"),
        (
            Series("インフルエンザ", (12, 28, 9)),
            Series("新型コロナ", (3, 5, 0)),
            Series("そのほか", (1, 0, 2)),
        ),
    ),
    Chart(
        "sample-stack",
        "stack",
        "理由ごとの長期欠席",
        "名",
        "学年",
        ("1年", "2年", "3年", "4年"),
        (
            Series("病気", (2, 1, 3, 2)),
            Series("不登校", (1, 3, 4, 6)),
            Series("経済的理由", (0, 0, 0, 0)),
            Series("その他", (1, 0, 2, 1)),
        ),
    ),
)


def gallery(request: Request) -> HttpResponse:
    """Show every component, without personal data."""
    wrong = _Sample({"name": "緑が丘小学校", "month": "15", "kind": "a"})
    wrong.is_valid()
    shown = {"form": _Sample(), "wrong": wrong, "figures": _FIGURES}
    return render(request, "ui/gallery.html", shown)
