"""Django application of the staff room."""

from django.apps import AppConfig


class MorningConfig(AppConfig):
    name = "manabiya.apps.morning"
    label = "morning"
    verbose_name = "朝の職員室"
