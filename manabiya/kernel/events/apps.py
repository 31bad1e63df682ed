"""Django application of the events room."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "manabiya.kernel.events"
    label = "events"
    verbose_name = "できごと"
