from django.apps import AppConfig


class TinyappConfig(AppConfig):
    name = "tests.tinyapp"
    label = "tinyapp"
