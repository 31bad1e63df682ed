"""Backups that were taken: when, how large, and the digest by which the file is known again.

*Backup* (控え): one finished and checked file. The row is written after the file, so a backup
doesn't hold its own row. It names no place and no person.
"""

from typing import ClassVar

from django.db import models

from manabiya.kernel.tenancy.ids import uuid7
from manabiya.kernel.tenancy.models import SystemModel


class Backup(SystemModel):
    """A finished backup; sizes in bytes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    taken_at = models.DateTimeField()
    size_bytes = models.BigIntegerField()
    row_count = models.BigIntegerField()
    file_count = models.BigIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["taken_at"], name="backup_taken_at"),
        ]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"
