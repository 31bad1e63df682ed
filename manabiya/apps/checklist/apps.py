"""Django application of the checklist."""

from django.apps import AppConfig


class ChecklistConfig(AppConfig):
    name = "manabiya.apps.checklist"
    label = "checklist"
    verbose_name = "校務DXチェックリスト"
