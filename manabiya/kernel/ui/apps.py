"""Django application of the ui room."""

from django.apps import AppConfig
from django.conf.locale import LANG_INFO


class UiConfig(AppConfig):
    name = "manabiya.kernel.ui"
    label = "ui"
    verbose_name = "画面"

    def ready(self) -> None:
        LANG_INFO.setdefault(
            "ja-simple",
            {
                "bidi": False,
                "code": "ja-simple",
                "name": "Plain Japanese",
                "name_local": "やさしい日本語",
            },
        )
