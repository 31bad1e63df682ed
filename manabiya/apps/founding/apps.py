"""Django application of founding."""

from django.apps import AppConfig


class FoundingConfig(AppConfig):
    name = "manabiya.apps.founding"
    label = "founding"
    verbose_name = "開設"
