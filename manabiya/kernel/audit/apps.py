"""Django application of the audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "manabiya.kernel.audit"
    label = "audit"
    verbose_name = "記録の足あと"
