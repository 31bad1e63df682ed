"""Django application of the nurse's office."""

from django.apps import AppConfig


class NurseOfficeConfig(AppConfig):
    name = "manabiya.apps.nurse_office"
    label = "nurse_office"
    verbose_name = "保健室"
