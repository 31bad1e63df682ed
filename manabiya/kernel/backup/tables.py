"""The tables of the database: their columns, their order, and their rows as COPY text.

Rows come by primary key and with fixed settings, so the same rows give the same bytes at any
place and with any supported PostgreSQL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[Any]

SETTINGS = ("TimeZone=UTC", "DateStyle=ISO", "IntervalStyle=postgres", "bytea_output=hex")
LEFT_OUT = frozenset({"django_migrations"})
"""Named in the backup's ``about`` instead; the restored place has made it already."""

COLUMNS = """
SELECT c.relname, a.attname, a.attnum = ANY(k.conkey), a.attcollation <> 0
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 AND NOT a.attisdropped AND a.attgenerated = ''
LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname, a.attnum
"""
AT_ONCE = """
SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND NOT condeferrable AND connamespace = 'public'::regnamespace
AND conrelid <> confrelid
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns to store, and those that give its rows an order (name, is it text)."""

    name: str
    columns: tuple[str, ...]
    key: tuple[tuple[str, bool], ...]


def tables(connection: Connection) -> list[Table]:
    """Return the tables; one comes after those it refers to by a key that is checked at once."""
    found: dict[str, list[tuple[str, bool, bool]]] = {}
    for table, column, is_key, is_text in connection.execute(COLUMNS).fetchall():
        found.setdefault(table, []).append((column, bool(is_key), is_text))
    order = TopologicalSorter({name: set[str]() for name in sorted(found)})
    for table, referred in connection.execute(AT_ONCE).fetchall():
        order.add(table, referred)
    return [
        Table(
            name,
            tuple(column for column, _, _ in found[name]),
            tuple((column, is_text) for column, is_key, is_text in found[name] if is_key),
        )
        for name in order.static_order()
        if name not in LEFT_OUT
    ]


def fix_settings(connection: Connection) -> None:
    """Make the text of values independent of the place, for this connection."""
    for setting in SETTINGS:
        name, value = setting.split("=")
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])


def rows_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the table's rows as blocks of COPY text (one line a row), by primary key."""
    order: list[sql.Composable] = [
        sql.SQL('{} COLLATE "C"' if is_text else "{}").format(sql.Identifier(column))
        for column, is_text in table.key
    ] or [sql.SQL('t::text COLLATE "C"')]
    query = sql.SQL("COPY (SELECT {} FROM {} t ORDER BY {}) TO STDOUT").format(
        names(table.columns), sql.Identifier(table.name), sql.SQL(", ").join(order)
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            yield bytes(block)


def names(columns: tuple[str, ...]) -> sql.Composed:
    """Return the columns as a list for SQL."""
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def migrations(connection: Connection) -> list[str]:
    """Return the applied migrations (``app.name``), in order of name; none on an empty database."""
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,):
        return []
    rows = connection.execute("SELECT app || '.' || name FROM django_migrations").fetchall()
    return sorted(row[0] for row in rows)


def municipalities(connection: Connection) -> int:
    """Return how many municipalities live here; 0 on an empty database."""
    if connection.execute("SELECT to_regclass('public.tenancy_municipality')").fetchone() == (
        None,
    ):
        return 0
    row = connection.execute("SELECT count(*) FROM tenancy_municipality").fetchone()
    return int(row[0]) if row else 0


def heads(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return the head of each municipality's audit chain: place and hash."""
    rows = connection.execute(
        "SELECT DISTINCT ON (municipality_id) municipality_id::text, sequence, hash"
        " FROM audit_auditlink ORDER BY municipality_id, sequence DESC"
    )
    return {row[0]: (row[1], row[2]) for row in rows.fetchall()}
