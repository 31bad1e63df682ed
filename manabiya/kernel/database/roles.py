"""The three roles on one database: owner (migrate, flush), web (the application), backup."""

from typing import Protocol


class Server(Protocol):
    """A reachable server."""

    @property
    def host(self) -> str: ...
    @property
    def superuser(self) -> str: ...


ROLES = {
    "manabiya_owner": "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    "manabiya_web": "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    "manabiya_backup": "NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE",
}


def prepare_roles(
    server: Server, *, database: str, owner_may_create_databases: bool = False
) -> None:
    """Make roles and database on a fresh server; change nothing on one that has them.

    ``owner_may_create_databases``: for tests, which make databases of their own.
    """
    import psycopg
    from psycopg import sql

    with psycopg.connect(
        host=server.host, user=server.superuser, dbname="postgres", autocommit=True
    ) as connection:
        connection.execute("SELECT pg_advisory_lock(7130)")
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for role, options in ROLES.items():
            if role not in present:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN {}").format(
                        sql.Identifier(role), sql.SQL(options)
                    )
                )
        if owner_may_create_databases:
            connection.execute("ALTER ROLE manabiya_owner CREATEDB")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if found.fetchone() is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER manabiya_owner").format(sql.Identifier(database))
            )
