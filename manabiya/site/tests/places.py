"""A place where the product lives: a data folder with a database of its own, and its commands."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import psycopg

from manabiya.kernel.database.pgembed import close, prepare_roles, start

ROOT = Path(__file__).parents[3]
TELL = "from manabiya.site.tests.registers import tell; tell()"


class Place:
    """A data folder with a running database, and the command line there."""

    def __init__(self, folder):
        self.folder = folder
        self.cluster = start(folder / "postgres")
        prepare_roles(self.cluster, database="manabiya")

    def run(self, *arguments, largest_file=None, **environ):
        """Run a command; ``largest_file``: bytes its process may write into one file."""
        return subprocess.run(
            [sys.executable, "-m", "manabiya", *map(str, arguments)],
            cwd=ROOT,
            env=self.environ | environ,
            preexec_fn=(lambda: limit(largest_file)) if largest_file else None,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *arguments, **environ):
        """Run a command that must succeed; return what it printed."""
        done = self.run(*arguments, **environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def tell(self):
        """Return registers, links and files of the place."""
        return json.loads(self.do("shell", "--no-imports", "-c", TELL).splitlines()[-1])

    @property
    def environ(self):
        ours = ("MANABIYA_", "DATABASE_", "DJANGO_", "SECRET_KEY", "PUBLIC_")
        plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **plain,
            "MANABIYA_DATA_DIR": str(self.folder),
            "MANABIYA_SOCKET_DIR": str(self.cluster.host),
        }

    def ask(self, question):
        """Return the rows of a question asked as the superuser."""
        with psycopg.connect(
            host=self.cluster.host, user=self.cluster.superuser, dbname="manabiya"
        ) as connection:
            return connection.execute(question).fetchall()

    def change(self, statement):
        """Run a statement as the superuser."""
        with psycopg.connect(
            host=self.cluster.host, user=self.cluster.superuser, dbname="manabiya"
        ) as connection:
            connection.execute(statement)

    def end(self):
        close(self.folder / "postgres")


def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
