"""Django application of the city for the board."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "manabiya.apps.city"
    label = "city"
    verbose_name = "市の出欠"
