"""Django application of imports."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "manabiya.apps.imports"
    label = "imports"
    verbose_name = "名簿の取り込み"
