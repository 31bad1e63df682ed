"""One import at a time writes into a municipality's roster."""

from uuid import UUID

from django.db import connection

KEY = 8


def try_lock(municipality_id: UUID) -> bool:
    """Take the lock until the transaction ends; return False when another import holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))",
            [str(municipality_id), KEY],
        )
        return bool(cursor.fetchone()[0])


def wait_for_lock(municipality_id: UUID) -> None:
    """Take the lock until the transaction ends; wait for another import to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [str(municipality_id), KEY]
        )
