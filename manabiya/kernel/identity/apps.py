"""Django application of the identity room."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "manabiya.kernel.identity"
    label = "identity"
    verbose_name = "利用者"
