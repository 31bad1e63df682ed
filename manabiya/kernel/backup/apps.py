"""Django application of the backup room."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "manabiya.kernel.backup"
    label = "backup"
    verbose_name = "控え"
