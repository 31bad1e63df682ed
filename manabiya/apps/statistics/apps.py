"""Django application of the statistics."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "manabiya.apps.statistics"
    label = "statistics"
    verbose_name = "統計"
