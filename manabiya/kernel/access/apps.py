"""Django application of the access room."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "manabiya.kernel.access"
    label = "access"
    verbose_name = "権限"
