"""Django application of the roster."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "manabiya.roster"
    label = "roster"
    verbose_name = "名簿"
