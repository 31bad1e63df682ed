"""``migrate`` as the owner of the tables, followed by :func:`protect`."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from manabiya.kernel.tenancy.protect import as_owner, protect


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then give every tenant table its policies and keys."""
        roles = settings.MANABIYA_DATABASE_ROLES
        if roles["owner"] == roles["web"]:
            raise CommandError(
                "表の持ち主の役割がありません。DATABASE_OWNER_URL に、DATABASE_URL とは別の"
                "役割を指定してください(docs/operations.md)。何も変えていません。"
            )
        with as_owner(options["database"]):
            super().handle(*args, **options)
            if not options.get("plan") and not options.get("check_unapplied"):
                protect(connections[options["database"]])
