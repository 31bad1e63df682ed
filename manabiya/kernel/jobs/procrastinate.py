"""Where the worker finds our jobs: the module ``jobs.py`` of every app is imported here."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from procrastinate import App

from manabiya.kernel.jobs.work import NAMESPACE, blueprint


def on_app_ready(app: App) -> None:
    """Give procrastinate the jobs of the house (called once, when Django is ready)."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.jobs"):
            import_module(f"{config.name}.jobs")
    app.add_tasks_from(blueprint, namespace=NAMESPACE)
