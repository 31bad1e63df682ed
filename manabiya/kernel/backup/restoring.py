"""Restore a backup into a place that holds nothing: all of it, or nothing.

The tables must have been made (``migrate``). One transaction empties them, fills them, and
compares their rows with the backup before it ends; the files go into their places just before.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from manabiya.kernel.backup import trees
from manabiya.kernel.backup.archive import Title
from manabiya.kernel.backup.checking import Checked, opened
from manabiya.kernel.backup.errors import (
    living_city,
    not_enough_room,
    other_schema,
    tampered,
)
from manabiya.kernel.backup.manifest import About, Manifest, Measuring
from manabiya.kernel.backup.tables import (
    Connection,
    Table,
    fix_settings,
    heads,
    municipalities,
    names,
    rows_of,
    tables,
)
from manabiya.kernel.database.login import connect_as


def refuse_other_schema(about: About) -> None:
    """Raise ``BackupRefused`` unless the backup has exactly this version's migrations."""
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    theirs = set(about.migrations)
    if theirs != ours:
        raise other_schema(sorted(ours - theirs), sorted(theirs - ours))


def refuse_living_city() -> None:
    """Raise ``BackupRefused`` when a municipality, or a document, is here already."""
    with connect_as(settings.MANABIYA_DATABASE_OWNER) as connection:
        if municipalities(connection) or trees.has_files(settings.MANABIYA_DATA_DIR):
            raise living_city()


def restore(*, file: Path, key: bytes, checked: Checked) -> None:
    """Fill the empty place from a checked file; raises ``BackupRefused`` and changes nothing."""
    data_dir: Path = settings.MANABIYA_DATA_DIR
    staged = _stage(data_dir)
    try:
        with connect_as(settings.MANABIYA_DATABASE_OWNER) as connection:
            fix_settings(connection)
            ours = {table.name: table for table in tables(connection)}
            with _open_tables(connection, list(ours.values())):
                _pour(connection, ours, staged, file, key)
                _set_sequences(connection, checked.manifest)
                connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
                _compare(connection, ours, checked.manifest)
            trees.move_in(staged, data_dir)
            try:
                connection.commit()
            except psycopg.Error:
                trees.take_out(data_dir)
                raise
            connection.autocommit = True
            connection.execute("ANALYZE")
    except OSError as error:
        raise not_enough_room(str(error.strerror)) from error
    except psycopg.Error as error:
        raise not_enough_room(f"{type(error).__name__} {error.sqlstate or ''}") from None
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _stage(data_dir: Path) -> Path:
    """Make a folder for the files to come; clear away what a killed restore left."""
    data_dir.mkdir(parents=True, exist_ok=True)
    for old in data_dir.glob("restoring-*"):
        shutil.rmtree(old)
    return Path(tempfile.mkdtemp(prefix="restoring-", dir=data_dir))


@contextmanager
def _open_tables(connection: Connection, ours: list[Table]) -> Iterator[None]:
    """Lift the owner's row security and the triggers inside this transaction, then put them back.

    COPY doesn't work under row security, and triggers would act on deeds already done.
    """
    forced = {
        row[0]
        for row in connection.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
    }
    connection.execute("LOCK TABLE tenancy_municipality IN ACCESS EXCLUSIVE MODE")
    if municipalities(connection):
        raise living_city()
    tabled = [sql.Identifier(table.name) for table in ours]
    connection.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(tabled)))
    _alter(connection, ours, forced, trigger="DISABLE", force="NO FORCE")
    yield
    _alter(connection, ours, forced, trigger="ENABLE", force="FORCE")


def _alter(
    connection: Connection, ours: list[Table], forced: set[str], *, trigger: str, force: str
) -> None:
    for table in ours:
        name = sql.Identifier(table.name)
        connection.execute(sql.SQL("ALTER TABLE {} " + trigger + " TRIGGER USER").format(name))
        if table.name in forced:
            connection.execute(
                sql.SQL("ALTER TABLE {} " + force + " ROW LEVEL SECURITY").format(name)
            )


def _pour(
    connection: Connection, ours: dict[str, Table], staged: Path, file: Path, key: bytes
) -> None:
    with opened(file, key) as archive:
        for title, blocks in archive.sections():
            if title.kind == "table":
                _fill(connection, ours, title, blocks)
            elif title.kind == "file":
                trees.store(staged, title.name, blocks)


def _fill(
    connection: Connection, ours: dict[str, Table], title: Title, blocks: Iterator[bytes]
) -> None:
    if title.name not in ours or set(ours[title.name].columns) != set(title.columns):
        raise tampered()
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(title.name), names(title.columns)
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for block in blocks:
            copy.write(block)


def _set_sequences(connection: Connection, manifest: Manifest) -> None:
    for name, (last, is_called) in manifest.sequences.items():
        connection.execute("SELECT setval(%s::regclass, %s, %s)", [f'"{name}"', last, is_called])


def _compare(connection: Connection, ours: dict[str, Table], manifest: Manifest) -> None:
    """Raise ``BackupRefused`` unless every table and every chain is as it was."""
    if set(ours) != set(manifest.tables) or heads(connection) != manifest.heads:
        raise tampered()
    for name, table in ours.items():
        if Measuring(rows_of(connection, table)).rest() != manifest.tables[name]:
            raise tampered()
