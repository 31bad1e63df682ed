"""Take a backup: everything as it was at one moment, checked before it gets its name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import psycopg
from django.conf import settings

from manabiya.kernel.backup import trees
from manabiya.kernel.backup.archive import ArchiveWriter, Title
from manabiya.kernel.backup.checking import check
from manabiya.kernel.backup.errors import (
    BackupRefused,
    blind_role,
    database_trouble,
    tampered,
)
from manabiya.kernel.backup.manifest import About, Manifest, Measuring
from manabiya.kernel.backup.tables import (
    Connection,
    fix_settings,
    heads,
    migrations,
    rows_of,
    tables,
)
from manabiya.kernel.database.login import connect_as


@dataclass(frozen=True, slots=True)
class Taken:
    """A finished backup: its file, size in bytes, and what is in it."""

    file: Path
    size: int
    manifest: Manifest


def take(*, target: Path, key: bytes, now: datetime) -> Taken:
    """Write the backup to ``target`` (which must not exist yet) and return what it holds.

    Reads as the backup role in one snapshot: nobody has to stop working. Raises
    :class:`BackupRefused`; a full disk raises it too, and nothing is left behind.
    """
    if target.exists():
        raise BackupRefused(
            f"{target} はもうあります。控えは上書きしません。別の名前にしてください。"
        )
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _new_file(part) as out:
            manifest = _write(out, key, now)
        if check(part, key).manifest != manifest:
            raise tampered()
        os.link(part, target)
        trees.sync_folder(target.parent)
        return Taken(target, target.stat().st_size, manifest)
    except OSError as error:
        raise BackupRefused(
            f"控えを書けませんでした({error.strerror})。{target.parent} の空きと書き込みの許可を"
            "確かめて、もう一度取ってください。途中の控えは残していません。"
        ) from error
    except psycopg.Error as error:
        raise database_trouble(f"{type(error).__name__} {error.sqlstate or ''}") from None
    finally:
        part.unlink(missing_ok=True)


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(out: BinaryIO, key: bytes, now: datetime) -> Manifest:
    manifest = Manifest()
    with _snapshot() as connection:
        archive = ArchiveWriter(out, key)
        archive.note("about", asdict(About(now.isoformat(), migrations(connection))))
        for table in tables(connection):
            rows = Measuring(rows_of(connection, table))
            archive.section(Title("table", table.name, table.columns), rows)
            manifest.tables[table.name] = rows.found
        manifest.heads = heads(connection)
        manifest.sequences = _sequences(connection)
    for name in trees.kept_files(settings.MANABIYA_DATA_DIR):
        try:
            content = Measuring(trees.blocks_of(settings.MANABIYA_DATA_DIR / name))
            archive.section(Title("file", name), content)
        except FileNotFoundError:
            continue
        manifest.files[name] = content.found
    archive.note("manifest", manifest.plain())
    archive.finish()
    return manifest


@contextmanager
def _snapshot() -> Iterator[Connection]:
    """Connect as the backup role and see the database as it is now, until the end."""
    with connect_as(settings.MANABIYA_DATABASE_BACKUP) as connection:
        fix_settings(connection)
        connection.commit()
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        sees = connection.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if not sees or not sees[0]:
            raise blind_role(settings.MANABIYA_DATABASE_ROLES["backup"])
        yield connection


def _sequences(connection: Connection) -> dict[str, tuple[int, bool]]:
    """Return the sequences as they are now: never behind the rows of the snapshot."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    found = {}
    for (name,) in rows:
        value = connection.execute(f'SELECT last_value, is_called FROM "{name}"').fetchone()
        assert value is not None
        found[name] = (value[0], value[1])
    return found
