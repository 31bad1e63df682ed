"""Django application of the practices."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "manabiya.apps.practices"
    label = "practices"
    verbose_name = "先行事例"
