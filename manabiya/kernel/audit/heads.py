"""The head of each chain, kept outside the database: a file that only grows, and a mail.

Whoever can rewrite the whole database can't rewrite what has left it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from manabiya.kernel.audit.models import AuditLink
from manabiya.kernel.clock import real_now
from manabiya.kernel.tenancy.models import Municipality
from manabiya.kernel.tenancy.scope import tenant


@dataclass(frozen=True, slots=True)
class Head:
    """The last link of a chain at some time."""

    municipality_id: str
    sequence: int
    hash: str
    at: str


def folder() -> Path:
    """Return the folder of the heads."""
    place: Path = settings.MANABIYA_DATA_DIR / "audit-heads"
    return place


def keep_heads() -> list[Head]:
    """Append the present heads to their files (durably) and mail them to the operator."""
    heads = []
    folder().mkdir(parents=True, exist_ok=True)
    for municipality in Municipality.objects.all():
        with tenant(municipality.id):
            last = AuditLink.objects.order_by("-sequence").first()
        if last is None:
            continue
        head = Head(str(municipality.id), last.sequence, last.hash, real_now().isoformat())
        heads.append(head)
        with open(folder() / f"{municipality.id}.jsonl", "a") as file:
            file.write(json.dumps(asdict(head)) + "\n")
            file.flush()
            os.fsync(file.fileno())
    if heads and settings.OPERATOR_MAIL:
        lines = [f"{h.municipality_id} {h.sequence} {h.hash}" for h in heads]
        send_mail(
            "学び舎 記録の鎖の先頭",
            "\n".join(lines),
            settings.OPERATOR_MAIL,
            [settings.OPERATOR_MAIL],
        )
    return heads


def read_heads(file: Path) -> list[Head]:
    """Return the heads of a file, oldest first."""
    if not file.exists():
        return []
    return [Head(**json.loads(line)) for line in file.read_text().splitlines() if line.strip()]
