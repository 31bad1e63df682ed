"""The declared kind of every table: tenant, account or system.

Own models say it themselves (``table_kind``); tables of libraries and tables without a model
are listed here. A table found in neither place fails the suite.
"""

from django.db import models

APP_KINDS = {
    "account": "account",
    "auth": "account",
    "contenttypes": "system",
    "mfa": "account",
    "procrastinate": "system",
    "sessions": "account",
    "usersessions": "account",
}
TABLE_KINDS = {
    "django_migrations": "system",
    "shared_cache": "system",
}


def kind_of(model: type[models.Model]) -> str | None:
    """Return the declared kind of the model's table, None when nobody declared it."""
    return getattr(model, "table_kind", None) or APP_KINDS.get(model._meta.app_label)
