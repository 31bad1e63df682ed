"""Append an audit entry to the running transaction."""

from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.audit.models import AuditEntry
from manabiya.kernel.audit.service import note_entry
from manabiya.kernel.tenancy import scope
from manabiya.kernel.tenancy.ids import uuid7

GIVEN = (
    "id",
    "municipality_id",
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
# One statement, written once: every write of the house pays for it. ``at`` and
# ``transaction_id`` are the database's own defaults.
INSERT = (
    f"INSERT INTO {AuditEntry._meta.db_table} ({', '.join(GIVEN)})"
    f" VALUES ({', '.join(['%s'] * len(GIVEN))})"
)


def record(
    *,
    actor: Actor | None,
    action: str,
    subject_type: str = "",
    subject_id: UUID | None = None,
    subject_count: int = 1,
    data_class: int = 3,
    school_id: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Append one entry: who (``actor``; None for the system itself), what, on what.

    ``details`` takes ids, counts and digests, never names, addresses, health or marks.
    """
    municipality_id = scope.current()
    who = (
        (actor.account_id, actor.hat.value, actor.person_id, school_id or actor.school_id,
         actor.support_session_id)
        if actor
        else (None, "", None, school_id, None)
    )  # fmt: skip
    what = (action, subject_type, subject_id, subject_count, int(data_class), Jsonb(details or {}))
    values: Any = (uuid7(), municipality_id, *who, *what)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
    note_entry()
