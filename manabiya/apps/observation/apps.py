"""Django application of 健康観察."""

from django.apps import AppConfig


class ObservationConfig(AppConfig):
    name = "manabiya.apps.observation"
    label = "observation"
    verbose_name = "健康観察"
