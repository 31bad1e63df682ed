"""Django application of the jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "manabiya.kernel.jobs"
    label = "jobs"
    verbose_name = "裏の仕事"
