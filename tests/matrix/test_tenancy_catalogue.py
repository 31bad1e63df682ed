"""What PostgreSQL itself says about the tables: read from its catalogue, not from our code."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from manabiya.kernel.tenancy.kinds import TABLE_KINDS, kind_of
from manabiya.kernel.tenancy.models import TenantForeignKey
from manabiya.kernel.tenancy.protect import protect, tenant_foreign_keys, tenant_models

pytestmark = pytest.mark.django_db
TENANT_TABLES = [model._meta.db_table for model in tenant_models()]


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_every_table_declares_its_kind():
    declared = {m._meta.db_table: kind_of(m) for m in apps.get_models(include_auto_created=True)}
    declared |= TABLE_KINDS
    found = {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname='public'")}
    undeclared = {table for table in found if declared.get(table) is None}
    undeclared = {table for table in undeclared if not table.startswith("procrastinate_")}
    assert undeclared == set()


def test_every_table_with_a_municipality_column_is_a_tenant_table_or_an_account_table():
    found = {
        name
        for (name,) in rows(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema='public' AND column_name='municipality_id'"
        )
    }
    kinds = {m._meta.db_table: kind_of(m) for m in apps.get_models(include_auto_created=True)}
    assert {table for table in found if kinds[table] == "tenant"} == set(TENANT_TABLES)
    assert {kinds[table] for table in found} <= {"tenant", "account", "system"}


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_row_security_is_enabled_and_forced(table):
    assert rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname=%s", table
    ) == [(True, True)]


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_policies_scope_the_application_and_admit_the_owner(table):
    found = rows(
        "SELECT policyname, roles::text[], qual, with_check FROM pg_policies"
        " WHERE tablename=%s ORDER BY policyname",
        table,
    )
    roles = settings.MANABIYA_DATABASE_ROLES
    assert [(name, who) for name, who, _, _ in found] == [
        ("owner", [roles["owner"]]),
        ("tenant", [roles["web"]]),
    ]
    _, _, qual, check = found[1]
    assert "app.municipality_id" in qual
    assert qual == check


@pytest.mark.parametrize("table", TENANT_TABLES)
def test_every_unique_constraint_begins_with_the_municipality(table):
    found = rows(
        """
        SELECT i.indexrelid::regclass::text, a.attname FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = %s::regclass AND i.indisunique AND NOT i.indisprimary
        """,
        f'"{table}"',
    )
    assert found, "no UNIQUE (municipality_id, id)"
    assert {first for _, first in found} == {"municipality_id"}


@pytest.mark.parametrize("model", tenant_models(), ids=lambda m: m._meta.label)
def test_every_tenant_foreign_key_is_composite(model):
    found = {
        definition
        for (definition,) in rows(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid=%s::regclass AND contype='f'",
            f'"{model._meta.db_table}"',
        )
    }
    for field in tenant_foreign_keys(model):
        assert isinstance(field, TenantForeignKey), field
        target = field.remote_field.model._meta.db_table
        wanted = (
            f"FOREIGN KEY (municipality_id, {field.column}) REFERENCES {target}"
            "(municipality_id, id) DEFERRABLE INITIALLY DEFERRED"
        )
        assert wanted in found
        assert not any(d.startswith(f"FOREIGN KEY ({field.column})") for d in found)


def test_application_role_is_weak_and_owns_nothing():
    role = settings.MANABIYA_DATABASE_ROLES["web"]
    assert rows("SELECT current_user") == [(role,)]
    assert rows(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname=%s",
        role,
    ) == [(False, False, False, False)]
    assert rows("SELECT count(*) FROM pg_tables WHERE tableowner=%s", role) == [(0,)]


def test_three_roles_are_three():
    assert len(set(settings.MANABIYA_DATABASE_ROLES.values())) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE roster_student DISABLE ROW LEVEL SECURITY",
        "TRUNCATE roster_student CASCADE",
        "SET ROLE manabiya_owner",
        "UPDATE audit_auditentry SET action = 'x'",
        "DELETE FROM audit_auditentry",
        "UPDATE audit_auditlink SET hash = 'x'",
        "DELETE FROM audit_auditlink",
    ],
)
def test_application_role_cannot_lower_the_wall(statement):
    from django.db import ProgrammingError, transaction

    with pytest.raises(ProgrammingError), transaction.atomic():
        rows(statement)


@pytest.mark.django_db(transaction=True)
def test_protect_changes_nothing_the_second_time(settings):
    from manabiya.kernel.tenancy.protect import as_owner

    snapshot = "SELECT oid, conname FROM pg_constraint ORDER BY oid"
    before = rows(snapshot)
    with as_owner():
        protect(connection)
    assert rows(snapshot) == before
