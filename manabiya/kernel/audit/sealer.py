"""The sealer: chains entries whose transaction is older than every running one.

Such an entry can get no elder sister any more, so its place in the chain is final, and no writer
ever waits. Candidates are the unlinked entries since a day before the last sealing: a
transaction that ran longer than a day is not ours (requests end after seconds).
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from manabiya.kernel.audit.models import AuditEntry, AuditLink
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant

MARGIN = timedelta(days=1)
BATCH = 2000
LAST_TRANSACTION = 2**63 - 1
FIELDS = (
    "id",
    "municipality_id",
    "at",
    "transaction_id",
    "account_id",
    "hat",
    "person_id",
    "school_id",
    "support_session_id",
    "action",
    "subject_type",
    "subject_id",
    "subject_count",
    "data_class",
    "details",
)
START = "0" * 64


def link_hash(previous: str, entry: dict[str, Any]) -> str:
    """Return the hash of a link: SHA-256 over the former hash and the entry's whole content."""
    content = json.dumps(
        {name: _plain(entry[name]) for name in FIELDS},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, dict, type(None))) else str(value)


def seal(municipality_id: UUID, *, is_still: bool = False) -> int:
    """Chain the ready entries of one municipality; return how many.

    ``is_still``: nothing else runs (a place just restored), so every entry is ready.
    """
    with tenant(municipality_id):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(municipality_id)]
            )
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            horizon = cursor.fetchone()[0]
        last = AuditLink.objects.order_by("-sequence").first()
        rows = _ready(last, LAST_TRANSACTION if is_still else horizon)
        links = list(_chain(last, rows))
        AuditLink.objects.bulk_create(links, batch_size=BATCH)
        return len(links)


def _ready(last: AuditLink | None, horizon: int) -> list[dict[str, Any]]:
    linked = AuditLink.objects.filter(entry_id=OuterRef("id"))
    rows = AuditEntry.objects.filter(transaction_id__lt=horizon)
    if last is not None:
        rows = rows.filter(at__gte=last.sealed_at - MARGIN)
    rows = rows.filter(~Exists(linked)).order_by("transaction_id", "id")
    return list(rows.values(*FIELDS))


def _chain(last: AuditLink | None, rows: Iterable[dict[str, Any]]) -> Iterable[AuditLink]:
    sequence, previous = (last.sequence, last.hash) if last else (0, START)
    for row in rows:
        sequence, previous = sequence + 1, link_hash(previous, row)
        yield AuditLink(sequence=sequence, entry_id=row["id"], hash=previous)


def seal_all() -> int:
    """Chain the ready entries of every municipality; return how many."""
    return sum(seal(found) for found in Municipality.objects.values_list("id", flat=True))
