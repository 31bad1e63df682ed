"""Write very many rows of one tenant table at once, inside the wall.

``COPY`` into a table with row-level security is refused to everybody the wall binds. So the rows
are copied into a temporary table of the same columns and go from there into the real one by one
``INSERT … SELECT``: policies, composite keys and every other constraint hold as for a single row.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

from manabiya.kernel.tenancy.models import TenantModel
from manabiya.kernel.tenancy.scope import current

Row = Sequence[Any]
BATCH = 4096


def pour(model: type[TenantModel], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Insert ``rows`` (values in the order of ``columns``, keys included); return how many.

    Columns left out get the default of their field (or NULL), the municipality is the one in scope. Derived
    columns are not derived: nothing of the model runs. ``rows`` must not ask the database: the
    connection is busy taking them. Needs an open ``tenant()``.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    rest = _defaults(model, columns)
    others = "".join(f", {connection.ops.quote_name(name)}" for name in rest)
    marks = ", %s" * len(rest)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE poured AS SELECT {names} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY poured ({names}) FROM STDIN") as copy:
            lines = map(line, rows)
            while batch := "".join(islice(lines, BATCH)):
                copy.write(batch)
        cursor.execute(
            f"INSERT INTO {table} ({names}{others}) SELECT {names}{marks} FROM poured",
            list(rest.values()),
        )
        count: int = cursor.rowcount
        cursor.execute("DROP TABLE poured")
    return count


def _defaults(model: type[TenantModel], columns: Sequence[str]) -> dict[str, Any]:
    """Return the constant values of the columns left out."""
    unknown = set(columns) - {field.column for field in model._meta.concrete_fields}
    if unknown:
        raise ValueError(f"{model.__name__} has no column {', '.join(sorted(unknown))}")
    found: dict[str, Any] = {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in columns
    }
    given = {name: value for name, value in found.items() if value is not None}
    return {**given, "municipality_id": current()}


def line(row: Row) -> str:
    """Return a row as a line of COPY's text format."""
    return "\t".join([TEXT[type(value)](value) for value in row]) + "\n"


def _escaped(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t")
        return text.replace("\n", "\\n").replace("\r", "\\r")
    return text


def _array(values: Sequence[str]) -> str:
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return _escaped("{" + ",".join(f'"{value}"' for value in quoted) + "}")


TEXT: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    int: str,
    bool: {True: "t", False: "f"}.__getitem__,
    type(None): lambda _: "\\N",
    UUID: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    time: time.isoformat,
    list: _array,
}
