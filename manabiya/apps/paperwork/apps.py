"""Django application of the review of paperwork."""

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "manabiya.apps.paperwork"
    label = "paperwork"
    verbose_name = "業務・帳票の見直し"
