"""A house of the benchmark's own: durable PostgreSQL in a temporary folder, web, worker."""

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

from . import ROOT

BUILT_FOR = date(2026, 11, 20)
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class House:
    """A running database with every table, empty."""

    folder: Path
    socket_folder: str

    @property
    def database_pid(self) -> int:
        """Return the process number of the server."""
        return int((self.folder / "postgres/data/postmaster.pid").read_text().split()[0])


@contextmanager
def house() -> Iterator[House]:
    """Start a durable database with every table, end it and remove it afterwards.

    The folder lies where ``TMPDIR`` says, else in ``/var/tmp``: ``/tmp`` may be memory, where
    nothing is durable.
    """
    signal.signal(signal.SIGTERM, _leave)
    place = os.environ.get("TMPDIR") or "/var/tmp"
    folder = Path(tempfile.mkdtemp(prefix="manabiya-bench-", dir=place))
    folder.chmod(0o755)
    os.environ["MANABIYA_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "manabiya.site.settings"
    os.environ["PYTHONPATH"] = str(ROOT)
    for name in ("DATABASE_URL", "MANABIYA_SOCKET_DIR", "PORT", "HOST", "PUBLIC_ADDRESS"):
        os.environ.pop(name, None)
    from manabiya.kernel.database.pgembed import is_running, prepare_roles, release, start

    try:
        cluster = start(folder / "postgres", settings=DURABLE)
        prepare_roles(cluster, database="manabiya")
        os.environ["MANABIYA_SOCKET_DIR"] = cluster.host
        _furnish()
        yield House(folder, cluster.host)
    finally:
        _close_connections()
        release(folder / "postgres")
        end = time.monotonic() + 30
        while is_running(folder / "postgres") and time.monotonic() < end:
            time.sleep(0.05)
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(143)


def _furnish() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        for name, wanted in DURABLE.items():
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] != wanted:
                raise RuntimeError(f"the database is not durable: {name}")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def analyze() -> None:
    """Bring the planner's statistics up to date, as autovacuum does within a minute or two."""
    from django.db import connection

    from manabiya.kernel.tenancy.protect import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _close_connections() -> None:
    if "django" in sys.modules:
        from django.db import connections

        connections.close_all()


def free_port() -> int:
    """Return a port of loopback nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@contextmanager
def web(home: House) -> Iterator["Web"]:
    """Serve the house as ``make run`` does (granian, same flags), on a free port of loopback."""
    from manabiya.site.launcher import house as launcher
    from manabiya.site.launcher.children import Child
    from manabiya.site.launcher.web import web_command

    port = free_port()
    environ = os.environ | {"PORT": str(port)}
    front = launcher.House("127.0.0.1", port, home.folder, "small", environ)
    child = Child("web", web_command("127.0.0.1", port), environ)
    try:
        front._wait_until_ready([child])
        yield Web(port, child.process.pid)
    finally:
        child.stop()


@contextmanager
def worker() -> Iterator[int]:
    """Run the worker (jobs, sealer) of the house; gives its process number."""
    from manabiya.site.launcher.children import Child, python

    child = Child("worker", python("-m", "manabiya", "worker"), os.environ)
    try:
        yield child.process.pid
    finally:
        child.stop()


@dataclass(frozen=True, slots=True)
class Web:
    """The running web server."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Return where it is."""
        return f"http://localhost:{self.port}"
