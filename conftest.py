"""Fixtures of every test: a real PostgreSQL with the three roles, and the small demo city.

``db`` and friends of pytest-django work on the embedded database with row-level security on:
migrations and teardown run as the owner of the tables, everything else as the application.

- ``city``: the demo (two municipalities, three schools) of 2026-11-20 as a :class:`City`: told
  once, committed, and told again after a test that emptied the tables. School clock 7:50.
- ``city.client("vice_principal", "midorigaoka")``: a test client with a strong session.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the embedded database and become its owner for creating the test database."""
    from django.conf import settings
    from django.db import connections

    if not settings.MANABIYA_TRIAL_DATABASE:
        yield
        return
    from manabiya.kernel.database.pgembed import prepare_roles, start

    cluster = start(
        settings.MANABIYA_DATA_DIR / "postgres",
        settings={
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        },
    )
    prepare_roles(cluster, database="manabiya", owner_may_create_databases=True)
    connections["default"].settings_dict["HOST"] = str(cluster.host)
    settings.DATABASES["default"]["HOST"] = str(cluster.host)
    yield


def _become(who: dict[str, str]) -> None:
    from django.db import connections

    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(who)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None,
    django_test_environment: None,
    django_db_blocker: object,
    django_db_use_migrations: bool,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Create the test database as the owner, tell the demo, run the tests as the application."""
    from django.conf import settings
    from django.test.utils import setup_databases, teardown_databases

    web = {"USER": settings.MANABIYA_DATABASE_ROLES["web"]}
    web["PASSWORD"] = settings.DATABASES["default"].get("PASSWORD", "")
    owner = dict(settings.MANABIYA_DATABASE_OWNER)
    suffix = getattr(request.config, "workerinput", {}).get("workerid", "")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _become(owner)
        if suffix:
            from django.db import connections

            connections["default"].settings_dict["TEST"]["NAME"] = f"test_manabiya_{suffix}"
        created = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
            serialized_aliases=[],
        )
        _become(web)
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _become(owner)
        if not django_db_keepdb:
            teardown_databases(created, verbosity=0)


BUILT_FOR = date(2026, 11, 20)


@dataclass(frozen=True)
class City:
    """The demo of two municipalities, with everything a test looks up by name."""

    def municipality(self, slug: str = "shirakabano") -> Any:
        """Return the municipality; ``.id`` for ``tenant()``."""
        from manabiya.kernel.tenancy.models import Municipality

        return Municipality.objects.get(slug=slug)

    def tenant(self, slug: str = "shirakabano") -> Any:
        """Open the municipality's scope."""
        from manabiya.kernel.tenancy.scope import tenant

        return tenant(self.municipality(slug).id)

    def membership(self, role: str, school: str = "", slug: str = "shirakabano") -> Any:
        """Return the membership of the demo's person in a role (guardian: the n-th key)."""
        from manabiya.kernel.identity.models import DemoLogin, Membership

        logins = DemoLogin.objects.filter(
            municipality__slug=slug, account__login_name__startswith=role.replace("_", "-") + "-"
        ).order_by("position")
        if school:
            logins = logins.filter(landing__contains=f"/school/{school}/")
        return Membership.objects.select_related("account").get(
            account_id=logins[0].account_id, municipality__slug=slug, hat=self.hat(role)
        )

    @staticmethod
    def hat(role: str) -> str:
        """Return the hat a role is worn in."""
        if role.startswith("board"):
            return "board"
        return "guardian" if role == "guardian" else "staff"

    def actor(self, role: str, school: str = "", slug: str = "shirakabano") -> Any:
        """Return the actor with the rights of the school's today; call inside ``tenant()``."""
        from manabiya.kernel.access.actors import Actor
        from manabiya.kernel.identity.models import Hat
        from manabiya.roster.rights import rights_of

        member = self.membership(role, school, slug)
        hat = Hat(member.hat)
        rights = rights_of(
            hat=hat, person_id=member.person_id, today=self.today, school_slug=school or None
        )
        assert rights is not None
        return Actor(
            account_id=member.account_id,
            municipality_id=member.municipality_id,
            hat=hat,
            person_id=member.person_id,
            today=self.today,
            grants=rights.grants,
            school_id=rights.school_id,
            is_strong=True,
        )

    def client(
        self, role: str, school: str = "", slug: str = "shirakabano", *, is_strong: bool = True
    ) -> Any:
        """Return a test client logged in as the demo's person in a role."""
        from django.test import Client

        from manabiya.kernel.identity import strength

        client = Client(raise_request_exception=False)
        client.force_login(self.membership(role, school, slug).account)
        if is_strong:
            session = client.session
            session[strength.KEY] = strength._today()
            session.save()
        return client

    @property
    def today(self) -> date:
        """Return the school's today of the demo."""
        return BUILT_FOR

    def now(self, hour: int = 7, minute: int = 50) -> Any:
        """Return a local time of the demo's today."""
        from datetime import datetime

        from manabiya.kernel.clock import SCHOOL_ZONE

        return datetime.combine(BUILT_FOR, datetime.min.time(), SCHOOL_ZONE) + timedelta(
            hours=hour, minutes=minute
        )

    def homeroom_id(self, name: str, school: str = "midorigaoka") -> UUID:
        """Return the id of a homeroom by name; call inside ``tenant()``."""
        from manabiya.roster.models import Homeroom

        return Homeroom.objects.get(name=name, school__slug=school).id


@pytest.fixture
def city(request: pytest.FixtureRequest) -> City:
    """Return the demo city; tells it when the tables are empty."""
    transactional = request.node.get_closest_marker("django_db")
    is_transactional = "transactional_db" in request.fixturenames or (
        transactional is not None and transactional.kwargs.get("transaction", False)
    )
    request.getfixturevalue("transactional_db" if is_transactional else "_told")
    if is_transactional:
        _tell_if_empty()
    else:
        request.getfixturevalue("db")
    return City()


@pytest.fixture
def _told(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tell the demo, committed, before a test that finds the tables empty."""
    with django_db_blocker.unblock():
        _tell_if_empty()


@pytest.fixture(autouse=True)
def _no_left_over_jobs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue after a test that really committed: flush leaves library tables alone."""
    yield
    if "transactional_db" in request.fixturenames:
        from django.db import connection

        blocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock(), connection.cursor() as cursor:
            for table in ("periodic_defers", "events", "jobs", "workers"):
                cursor.execute(f"DELETE FROM procrastinate_{table}")


def _tell_if_empty() -> None:
    from manabiya.site import demo

    if demo.is_empty():
        demo.build(built_for=BUILT_FOR, say=lambda line: None)
        _analyze()


def _analyze() -> None:
    """Let the planner know the tables: the test server has no autovacuum to do it."""
    from django.db import connection

    from manabiya.kernel.tenancy.protect import as_owner

    if not connection.in_atomic_block:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
