"""The product as somebody starts it: the launcher with database, web and worker, on a free port."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from psycopg.rows import namedtuple_row

ROOT = Path(__file__).parents[2]
DEMO_DATE = "2026-11-20"
READY = "止めるには Ctrl-C"


def until(condition, seconds=30):
    """Wait until the condition holds; return what it returned last."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def plain_environ():
    """Return our environment without what the settings of the tests put there."""
    ours = ("MANABIYA_", "DATABASE_", "DJANGO_", "SECRET_KEY", "PORT", "HOST", "CITY", "PUBLIC_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


class House:
    """One running product and its data folder."""

    def __init__(self, folder, **environ):
        self.folder = folder
        self.port = int(environ.pop("PORT", 0)) or free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = folder.with_name(f"{folder.name}.log")
        self.environ = {
            **plain_environ(),
            "MANABIYA_DATA_DIR": str(folder),
            "PORT": str(self.port),
            "CITY": "small",
            "DEMO_DATE": DEMO_DATE,
            **environ,
        }
        self.process = None

    def begin(self):
        """Start the launcher without waiting for it."""
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "manabiya.site.launcher"],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def start(self):
        """Start the launcher and wait for its last line."""
        self.begin()
        until(lambda: READY in self.said() or self.process.poll() is not None, 120)
        assert READY in self.said(), self.said()[-3000:]
        return self

    def said(self):
        """Return what the launcher printed."""
        return self.log.read_text(errors="replace")

    def stop(self, number=signal.SIGINT):
        """Send a signal to the launcher; return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def processes(self):
        """Return the running processes of this house: its folder is in their start or surroundings."""
        mark = os.fsencode(self.folder)
        escaped = json.dumps(str(self.folder))[1:-1].encode()
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                line, around = (place / "cmdline").read_bytes(), (place / "environ").read_bytes()
            except OSError:
                continue
            if mark in line + around or escaped in line:
                found[int(place.name)] = line.replace(b"\0", b" ").decode(errors="replace")
        return found

    @property
    def database_folder(self):
        return self.folder / "postgres"

    @property
    def postmaster(self):
        """Return the number of the running database server's process."""
        return int((self.database_folder / "data/postmaster.pid").read_text().split()[0])

    def ask(self, statement, *values):
        """Return rows of the database, read past every rule of the product."""
        host = json.loads((self.database_folder / "endpoint.json").read_text())["host"]
        with psycopg.connect(
            host=host, user="postgres", dbname="manabiya", row_factory=namedtuple_row
        ) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def number(self, statement, *values):
        """Return the one value of a question."""
        return self.ask(statement, *values)[0][0]
