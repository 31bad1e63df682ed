"""What a backup and a restore leave in the house: a row, and an entry in every audit chain."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from manabiya.kernel.audit.heads import Head
from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.sealer import seal
from manabiya.kernel.audit.service import service
from manabiya.kernel.audit.verify import Finding, verify
from manabiya.kernel.backup.models import Backup
from manabiya.kernel.backup.taking import Taken
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant

EVERY_CLASS = 1


def note_backup(taken: Taken, *, now: datetime) -> None:
    """Remember a finished backup, and tell every municipality's chain that its data was copied."""
    Backup.objects.create(
        taken_at=now,
        size_bytes=taken.size,
        row_count=taken.manifest.row_count,
        file_count=len(taken.manifest.files),
    )
    for municipality_id in _everybody():
        with tenant(municipality_id):
            _note(action="backup:taken", size_bytes=taken.size)


def note_restore() -> None:
    """Tell every municipality's chain that it lives at another place now."""
    for municipality_id in _everybody():
        with tenant(municipality_id):
            _note(action="backup:restored", size_bytes=None)


@service
def _note(*, action: str, size_bytes: int | None) -> None:
    details = {"bytes": size_bytes} if size_bytes is not None else {}
    record(actor=None, action=action, data_class=EVERY_CLASS, details=details)


def verify_chains(heads: dict[str, tuple[int, str]], *, at: str) -> list[Finding]:
    """Chain every restored entry and verify all chains against the backup's heads.

    Entries keep the transaction numbers of the place they come from, which may be ahead of this
    one: nothing runs here yet, so all of them are final.
    """
    found: list[Finding] = []
    for municipality_id in _everybody():
        seal(municipality_id, is_still=True)
        head = heads.get(str(municipality_id))
        kept = [Head(str(municipality_id), *head, at)] if head else []
        found += verify(municipality_id, kept)
    return found


def _everybody() -> Iterable[UUID]:
    return list(Municipality.objects.order_by("id").values_list("id", flat=True))
