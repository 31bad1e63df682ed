"""Django application of the plan."""

from django.apps import AppConfig


class DxPlanConfig(AppConfig):
    name = "manabiya.apps.dx_plan"
    label = "dx_plan"
    verbose_name = "校務DX計画"
