"""Database addresses from the environment."""

from pathlib import Path

from manabiya.kernel.database.urls import database_settings


def test_without_an_address_the_embedded_server_is_used():
    found = database_settings({}, Path("/data"))
    assert found.embedded
    assert found.web["USER"] == "manabiya_web"
    assert found.owner["USER"] == "manabiya_owner"


def test_addresses_with_escapes_ports_and_socket_folders():
    found = database_settings(
        {
            "DATABASE_URL": "postgresql://web:p%40ss@db.example:5433/city%20a",
            "DATABASE_OWNER_URL": "postgresql://owner:secret@db.example:5433/city%20a",
            "DATABASE_BACKUP_URL": "postgresql://backup@/city?host=/run/pg",
        },
        Path("/data"),
    )
    assert not found.embedded
    assert found.web == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "city a",
        "USER": "web",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found.owner == {"USER": "owner", "PASSWORD": "secret"}
    assert found.backup == {"USER": "backup", "PASSWORD": ""}


def test_what_the_query_says_is_kept():
    found = database_settings(
        {"DATABASE_URL": "postgresql://web@/city?host=/run/pg&port=5433&sslmode=require"},
        Path("/data"),
    )
    assert (found.web["HOST"], found.web["PORT"]) == ("/run/pg", "5433")
    assert found.web["OPTIONS"] == {"sslmode": "require"}
