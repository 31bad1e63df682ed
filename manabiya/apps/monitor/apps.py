"""Django application of the monitor."""

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    name = "manabiya.apps.monitor"
    label = "monitor"
    verbose_name = "職員室モニター"
