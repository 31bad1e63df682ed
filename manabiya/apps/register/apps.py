"""Django application of the register."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "manabiya.apps.register"
    label = "register"
    verbose_name = "出席簿"
