"""``flush`` as the owner of the tables: the application's role may not TRUNCATE."""

from typing import Any

from django.core.management.commands import flush

from manabiya.kernel.tenancy.protect import as_owner


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        """Empty the tables as their owner."""
        with as_owner(options["database"]):
            super().handle(**options)
