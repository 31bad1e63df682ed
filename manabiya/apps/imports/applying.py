"""Write a plan: rows in bulk, in the order in which they need each other, in one transaction.

Nothing is deleted. Keys of rows others refer to are not touched, so that a guardian's report or
the confirmation of a class never waits for the import of a city.

Rows travel as one JSON text a batch (``json_populate_recordset``): a third of the work of
``bulk_create``. The municipality is that of the scope, and row security and composite keys
hold for these statements as for all others.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from manabiya.apps.imports.planning.plan import Change, Writes
from manabiya.apps.imports.progress import Progress
from manabiya.kernel.tenancy import scope
from manabiya.law import school_code
from manabiya.roster.models import Guardian, StaffMember, Student
from manabiya.roster.models.dated import PersonName

BATCH = 2_000
PEOPLE: tuple[type[PersonName], ...] = (Student, Guardian, StaffMember)
NAME_PARTS = {
    "family_name", "given_name", "family_kana", "given_kana",
    "preferred_family_kana", "preferred_given_kana", "preferred_used_in",
}  # fmt: skip


class Overtaken(Exception):
    """A row no longer holds what the plan saw: somebody else changed it meanwhile."""


def write(writes: Writes, progress: Progress) -> int:
    """Write everything; return how many rows were written.

    Raises ``ValueError`` for a school the code of which is none (rows in bulk pass no ``save``),
    :class:`Overtaken` when a row to be changed was changed since it was read, also in the
    very moment before: a statement that had to wait for somebody looks again.
    """
    progress.stage("write", "書き込んでいます", writes.row_count)
    for school in writes.schools:
        school_code.parse(school.code)
    for person in (*writes.students, *writes.guardians, *writes.staff, *writes.former_names):
        person.fill_keys()
    first = (writes.schools, writes.homerooms, writes.students, writes.staff, writes.guardians)
    count = _create(progress, *first)
    for model, changes in writes.changes.items():
        count += _update(progress, model, changes)
    return count + _create(
        progress,
        writes.former_names,
        writes.addresses,
        writes.enrollments,
        writes.rights,
        writes.appointments,
    )


def _create(progress: Progress, *lists: Sequence[Model]) -> int:
    for rows in lists:
        for part in _batches(rows):
            _insert(part)
            progress.step(len(part))
    return sum(map(len, lists))


def _batches(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _insert(rows: Sequence[Model]) -> None:
    """Insert rows of one model in the municipality in scope."""
    model, here = type(rows[0]), str(scope.current())
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    lines = [{**{n: row.__dict__[n] for n in names}, "municipality_id": here} for row in rows]
    table = _quoted(model._meta.db_table)
    columns = ", ".join(_quoted(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns})"
            f" SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s::json)",
            [_json(lines)],
        )


def _update(progress: Progress, model: type[Model], changes: Mapping[UUID, Change]) -> int:
    """Update rows, each with its own columns; names bring their keys along."""
    wanted = {row: dict(change.new) for row, change in changes.items()}
    if model in PEOPLE:
        _add_keys(model, wanted)
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row, values in wanted.items():
        pair = {"id": row, "new": values, "old": changes[row].old}
        groups[tuple(sorted(values))].append(pair)
    for columns, rows in groups.items():
        for part in _batches(rows):
            _update_columns(model, columns, part)
            progress.step(len(part))
    return len(wanted)


def _add_keys(model: type[Model], wanted: dict[UUID, dict[str, Any]]) -> None:
    named = [row for row, values in wanted.items() if NAME_PARTS & set(values)]
    for part in _batches(named):
        rows: Any = model._default_manager
        for person in rows.filter(id__in=part):
            for column, value in wanted[person.id].items():
                setattr(person, column, value)
            person.fill_keys()
            wanted[person.id]["kana_key"] = person.kana_key
            wanted[person.id]["kana_search"] = person.kana_search


def _update_columns(
    model: type[Model], columns: tuple[str, ...], rows: Sequence[dict[str, Any]]
) -> None:
    """Update the same columns of many rows by one statement, if they still hold what they held."""
    table = _quoted(model._meta.db_table)
    sets = ", ".join(f"{name} = v.{name}" for name in _column_names(model, columns))
    still = "".join(
        f" AND {table}.{name} IS NOT DISTINCT FROM o.{name}"
        for name in _column_names(model, [c for c in columns if c in rows[0]["old"]])
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {sets}"
            " FROM json_to_recordset(%s::json) AS pair(id uuid, new json, old json),"
            f" json_populate_record(NULL::{table}, pair.new) v,"
            f" json_populate_record(NULL::{table}, pair.old) o"
            f" WHERE {table}.municipality_id = %s AND {table}.id = pair.id{still}",
            [_json(rows), scope.current()],
        )
        if cursor.rowcount != len(rows):
            raise Overtaken(model.__name__)


def _column_names(model: type[Model], columns: Iterable[str]) -> list[str]:
    fields: list[Any] = [model._meta.get_field(column) for column in columns]
    return [_quoted(str(field.column)) for field in fields]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"no column holds {type(value).__name__}")
