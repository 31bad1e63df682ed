"""Django application of class papers."""

from django.apps import AppConfig


class ClassPapersConfig(AppConfig):
    name = "manabiya.apps.class_papers"
    label = "class_papers"
    verbose_name = "学級の紙"
