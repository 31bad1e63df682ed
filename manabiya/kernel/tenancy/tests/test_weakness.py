"""The application refuses to work under a database role that row-level security does not bind."""

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from manabiya.kernel.tenancy.weakness import RoleTooStrong

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def superuser(settings):
    """A login of the embedded server's superuser."""
    from manabiya.kernel.database.pgembed import start

    cluster = start(settings.MANABIYA_DATA_DIR / "postgres")
    with psycopg.connect(
        host=cluster.host, user=cluster.superuser, dbname="postgres", autocommit=True
    ) as found:
        yield found


@pytest.fixture
def role(superuser):
    """A role made for the test, its name given to the application."""
    name = "manabiya_strange"
    superuser.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = name
    yield name
    connection.close()
    connection.settings_dict["USER"] = before
    superuser.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def reach():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()


def test_ordinary_role_is_let_in(role):
    assert reach() == (1,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("ALTER ROLE manabiya_strange SUPERUSER", "SUPERUSER"),
        ("ALTER ROLE manabiya_strange BYPASSRLS", "BYPASSRLS"),
        ("GRANT manabiya_owner TO manabiya_strange", "持ち主"),
    ],
)
def test_strong_role_is_refused_with_what_to_do(role, superuser, change, words):
    superuser.execute(change)
    with pytest.raises(RoleTooStrong, match=words) as caught:
        reach()
    assert "DATABASE_OWNER_URL" in str(caught.value)
    assert connection.connection is None


def test_migrate_without_a_separate_owner_changes_nothing(settings):
    settings.MANABIYA_DATABASE_ROLES = {"owner": "one", "web": "one", "backup": "one"}
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("migrate", verbosity=0)
