"""The wall under the manager: row-level security, composite keys and grants in PostgreSQL.

:func:`protect` runs after every ``migrate`` as the owner of the tables and may run any number
of times. It covers every subclass of ``TenantModel``, so nobody can forget a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from manabiya.kernel.tenancy.models import TenantModel

SCOPED = "municipality_id = (SELECT NULLIF(current_setting('app.municipality_id', true), '')::uuid)"


def tenant_models() -> list[type[TenantModel]]:
    """Return every concrete tenant model of the installation, by table name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, TenantModel) and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def tenant_foreign_keys(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """Return the foreign keys of ``model`` that point at tenant tables."""
    return [
        field
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.remote_field.model, type)
        and issubclass(field.remote_field.model, TenantModel)
    ]


@contextmanager
def as_owner(alias: str = "default") -> Iterator[None]:
    """Connect as the owner of the tables for the block, then as the application again.

    Only ``migrate`` and ``flush`` do this. Without separate owner credentials nothing changes.
    """
    connection = connections[alias]
    owner: dict[str, str] = getattr(settings, "MANABIYA_DATABASE_OWNER", {})
    before = {key: connection.settings_dict[key] for key in owner}
    if before == owner or connection.in_atomic_block:
        yield
        return
    connection.close()
    connection.settings_dict.update(owner)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def protect(connection: BaseDatabaseWrapper) -> None:
    """Give every tenant table its policies, composite keys and grants; change nothing twice."""
    roles = settings.MANABIYA_DATABASE_ROLES
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        ready = [m for m in tenant_models() if m._meta.db_table in existing]
        for model in ready:
            _enable_row_security(cursor, model._meta.db_table, roles)
            _add_constraint(
                cursor,
                model._meta.db_table,
                f"{model._meta.db_table}_tenant_id",
                "UNIQUE (municipality_id, id)",
            )
        for model in ready:
            for field in tenant_foreign_keys(model):
                _add_composite_key(cursor, model._meta.db_table, field)
        _grant(cursor, roles, [m._meta.db_table for m in ready if m.append_only])


def _enable_row_security(cursor: Any, table: str, roles: dict[str, str]) -> None:
    cursor.execute(
        "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
        [f'"{table}"'],
    )
    if not cursor.fetchone()[0]:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    cursor.execute(
        "SELECT policyname FROM pg_policies WHERE schemaname = current_schema AND tablename = %s",
        [table],
    )
    present = {row[0] for row in cursor.fetchall()}
    for name, role, rule in (("tenant", roles["web"], SCOPED), ("owner", roles["owner"], "true")):
        if name not in present:
            cursor.execute(
                f'CREATE POLICY {name} ON "{table}" TO "{role}" USING ({rule}) WITH CHECK ({rule})'
            )


def _add_constraint(cursor: Any, table: str, name: str, definition: str) -> None:
    name = name[:63]
    cursor.execute(
        "SELECT 1 FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s",
        [f'"{table}"', name],
    )
    if cursor.fetchone() is None:
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')


def _add_composite_key(cursor: Any, table: str, field: models.ForeignKey[Any, Any]) -> None:
    target = field.remote_field.model._meta.db_table
    _add_constraint(
        cursor,
        table,
        f"{table}_{field.column}_tenant",
        f'FOREIGN KEY (municipality_id, "{field.column}") REFERENCES "{target}"'
        " (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
    )


def _grant(cursor: Any, roles: dict[str, str], append_only: list[str]) -> None:
    web, backup = roles["web"], roles["backup"]
    if web != roles["owner"]:
        cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{web}"')
        cursor.execute(
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{web}"'
        )
        cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{web}"')
        for table in [*append_only, "django_migrations"]:
            cursor.execute(f'REVOKE UPDATE, DELETE ON "{table}" FROM "{web}"')
    cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{backup}"')
    cursor.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "{backup}"')
    cursor.execute(f'GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO "{backup}"')
