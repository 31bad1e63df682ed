"""Django application of attendance."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "manabiya.apps.attendance"
    label = "attendance"
    verbose_name = "出欠"
