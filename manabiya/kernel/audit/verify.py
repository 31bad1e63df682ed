"""Verify a chain: changed, removed and inserted entries, a cut tail, a full rewrite."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from manabiya.kernel.audit.heads import Head
from manabiya.kernel.audit.models import AuditEntry, AuditLink
from manabiya.kernel.audit.sealer import FIELDS, START, link_hash, seal
from manabiya.kernel.tenancy.scope import tenant

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: kind, place in the chain, entry, Japanese words."""

    kind: str
    sequence: int | None
    entry_id: UUID | None
    message: str


def verify(municipality_id: UUID, heads: list[Head]) -> list[Finding]:
    """Recompute a municipality's chain against its entries and the heads kept outside."""
    seal(municipality_id)
    with tenant(municipality_id):
        return [*_links(heads), *_strangers()]


def _links(heads: list[Head]) -> Iterator[Finding]:
    known = {head.sequence: head for head in heads}
    previous, sequence = START, 0
    rows = AuditLink.objects.order_by("sequence").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        entries = _entries([link.entry_id for link in chunk])
        for link in chunk:
            if link.sequence != sequence + 1:
                yield Finding(
                    "gap",
                    link.sequence,
                    None,
                    f"{sequence + 1}番から{link.sequence - 1}番の鎖がありません",
                )
            sequence = link.sequence
            entry = entries.get(link.entry_id)
            if entry is None:
                yield Finding(
                    "removed", sequence, link.entry_id, f"{sequence}番の記録が消されています"
                )
            elif link_hash(previous, entry) != link.hash:
                yield Finding(
                    "changed", sequence, link.entry_id, f"{sequence}番の記録が変えられています"
                )
            head = known.pop(sequence, None)
            if head is not None and head.hash != link.hash:
                yield Finding(
                    "rewritten",
                    sequence,
                    link.entry_id,
                    f"{sequence}番が外の控えとちがいます(全体の書き換え)",
                )
            previous = link.hash
    for head in sorted(known.values(), key=lambda head: head.sequence):
        yield Finding(
            "cut",
            head.sequence,
            None,
            f"外の控えにある{head.sequence}番までの鎖がありません(末尾の切り取り)",
        )


def _entries(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    return {row["id"]: row for row in AuditEntry.objects.filter(pk__in=ids).values(*FIELDS)}


def _strangers() -> Iterator[Finding]:
    """Entries of finished transactions that sealing did not take: put in behind its back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = cursor.fetchone()[0]
    linked = AuditLink.objects.filter(entry_id=OuterRef("id"))
    rows = AuditEntry.objects.filter(~Exists(linked), transaction_id__lt=horizon)
    for entry_id in rows.order_by("at").values_list("id", flat=True):
        yield Finding("inserted", None, entry_id, f"鎖にない記録が差しこまれています: {entry_id}")
