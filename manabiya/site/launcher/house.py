"""The whole house in one process tree: database, migrations, demo, web, worker."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from manabiya.site.launcher.children import Child, python
from manabiya.site.launcher.database import close_database, open_database, tend_database
from manabiya.site.launcher.web import web_command

READY_SECONDS = 60
CITIES = ("full", "small")


class Trouble(RuntimeError):
    """The house can't start; the message says why and what to do."""


class Stopped(Exception):
    """Ctrl-C or SIGTERM."""


@dataclass
class House:
    """Where and how the house runs, from the environment."""

    host: str
    port: int
    data_dir: Path
    city: str
    environ: dict[str, str]

    @classmethod
    def from_environment(cls) -> "House":
        """Read PORT, HOST, MANABIYA_DATA_DIR and CITY; refuse what can't be."""
        environ = dict(os.environ)
        port = environ.get("PORT", "8000")
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise Trouble("PORT には番号を入れてください(例: PORT=8001 make run)。")
        data_dir = Path(environ.get("MANABIYA_DATA_DIR", ".data")).resolve()
        city = environ.get("CITY", "full")
        if city not in CITIES:
            raise Trouble(
                f"CITY には {' か '.join(CITIES)} を入れてください(例: CITY=small make run)。"
            )
        environ |= {"MANABIYA_DATA_DIR": str(data_dir), "PORT": port}
        return cls(environ.get("HOST", "127.0.0.1"), int(port), data_dir, city, environ)

    def run(self) -> int:
        """Start everything, wait for Ctrl-C, stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        children: list[Child] = []
        try:
            self._check_port()
            self._database()
            self._command("migrate", "--verbosity", "0", say="データベースを整えます")
            self._command("collectstatic", "--noinput", "--verbosity", "0", say="部品を並べます")
            self._demo()
            children.append(Child("web", web_command(self.host, self.port), self.environ))
            children.append(Child("worker", python("-m", "manabiya", "worker"), self.environ))
            self._wait_until_ready(children)
            print(f"\n学び舎 → http://localhost:{self.port}\n", flush=True)
            self._command("demo-logins")
            print("\n止めるには Ctrl-C", flush=True)
            return self._watch(children)
        except Stopped:
            print("\n止めています…", flush=True)
            return 0
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for child in reversed(children):
                child.stop()
            if self._is_embedded:
                close_database(self.data_dir / "postgres")

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError:
                raise Trouble(
                    f"ポート {self.port} は使われています。"
                    f"別の番号で始めてください(例: PORT={self.port + 1} make run)。"
                ) from None

    def _database(self) -> None:
        if self._is_embedded:
            self.environ["MANABIYA_SOCKET_DIR"] = open_database(self.data_dir / "postgres")

    @property
    def _is_embedded(self) -> bool:
        return "DATABASE_URL" not in self.environ

    def _command(self, *arguments: str, say: str = "") -> None:
        if say:
            print(say, flush=True)
        done = subprocess.run(python("-m", "manabiya", *arguments), env=self.environ, check=False)
        if done.returncode != 0:
            raise Trouble(f"「{say or arguments[0]}」でつまずきました。上の記録を見てください。")

    def _demo(self) -> None:
        """Build the demo in an empty database (for DEMO_DATE, default today)."""
        day = self.environ.get("DEMO_DATE", "")
        date = ["--today", day] if day else []
        arguments = ["demo", "--if-empty", "--city", self.city, *date]
        self._command(*arguments, say="試し用の市を確かめます")

    def _wait_until_ready(self, children: list[Child]) -> None:
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            if any(child.has_ended() for child in children):
                break
            try:
                address = f"http://127.0.0.1:{self.port}/health/"
                with urllib.request.urlopen(address, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise Trouble("画面が立ち上がりませんでした。上の記録を見てください。")

    def _watch(self, children: list[Child]) -> int:
        """Wait; a child that ended by itself ends the house, so that nothing runs by halves."""
        while True:
            for child in children:
                if child.has_ended():
                    raise Trouble(f"{child.name} が終わりました。上の記録を見てください。")
            if self._is_embedded:
                tend_database(self.data_dir / "postgres")
            time.sleep(0.5)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
