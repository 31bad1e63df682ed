"""Django application of 家庭のことば."""

from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "manabiya.apps.languages"
    label = "languages"
    verbose_name = "家庭のことば"
