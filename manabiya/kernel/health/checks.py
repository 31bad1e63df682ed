"""Whether this process can serve: database, migrations, and (as information) the worker."""

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader

SILENT_SECONDS = 60
_is_migrated = False


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found; the worker doesn't count: pages serve without it."""

    database: bool
    migrations: bool
    worker: bool

    @property
    def is_ready(self) -> bool:
        """Return whether requests may come here."""
        return self.database and self.migrations

    def plain(self) -> dict[str, str]:
        """Return it for JSON."""
        return {
            "database": "ok" if self.database else "unreachable",
            "migrations": "ok" if self.migrations else "pending",
            "worker": "ok" if self.worker else "silent",
        }


def readiness() -> Readiness:
    """Look; never raises for a database that is gone."""
    try:
        silence = worker_silence()
        return Readiness(True, _migrated(), silence is not None and silence < SILENT_SECONDS)
    except (DatabaseError, InterfaceError):
        connection.close()
        return Readiness(False, False, False)


def _migrated() -> bool:
    """Return whether every migration of this code is applied; yes is remembered."""
    global _is_migrated
    if not _is_migrated:
        loader = MigrationLoader(connection)
        _is_migrated = set(loader.disk_migrations) <= set(loader.applied_migrations)
    return _is_migrated


def worker_silence() -> float | None:
    """Return the seconds since a worker's last sign; None when there is no worker."""
    row: Any = _row(
        "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
    )
    return float(row[0]) if row[0] is not None else None


def _row(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()
