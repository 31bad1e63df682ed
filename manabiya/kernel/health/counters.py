"""Requests counted by route, over all web processes of a machine.

Each process keeps its numbers in memory and writes them, at most once a second, into a file of
its own under ``MANABIYA_DATA_DIR/metrics``; whoever is asked adds all files up. A process holds a
lock while it lives; the file of one that is gone is added to ``past``, so sums never fall.
"""

import fcntl
import json
import os
import secrets
import threading
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import IO

BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
PAST = "past.json"
Numbers = Counter[str]


class Counters:
    """The numbers of this process. A key is name and labels as JSON, a value a number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: Numbers = Counter()
        self._turn = threading.Lock()
        self._written_at = 0.0
        self._name = ""
        self._lock: IO[str] | None = None

    def observe(self, *, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._turn:
            self._numbers[_key("requests", route, method, str(status))] += 1
            self._numbers[_key("seconds_count", route)] += 1
            self._numbers[_key("seconds_sum", route)] += seconds  # type: ignore[assignment]
            for limit in BUCKETS:
                if seconds <= limit:
                    self._numbers[_key("seconds_bucket", route, str(limit))] += 1
            if time.monotonic() - self._written_at >= 1:
                self._write()

    def everything(self) -> dict[tuple[str, ...], float]:
        """Return the sums of all processes, by name and labels."""
        with self._turn:
            self._write()
        found: Numbers = Counter()
        for file in sorted(self._folder.glob("*.json")):
            found.update(_read(file))
        return {tuple(json.loads(key)): value for key, value in found.items()}

    def _write(self) -> None:
        """Write our file; a full disk costs numbers, never an answer."""
        self._written_at = time.monotonic()
        try:
            if self._lock is None:
                self._begin()
            _replace(self._folder / f"{self._name}.json", self._numbers)
        except OSError:
            pass

    def _begin(self) -> None:
        """Take a name, and take over the numbers of processes that are gone."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self._folder / "fold.lock", "w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            for lock in self._folder.glob("process-*.lock"):
                _fold(lock)
            self._name = f"process-{os.getpid()}-{secrets.token_hex(4)}"
            self._lock = open(self._folder / f"{self._name}.lock", "w")  # noqa: SIM115  until the end
            fcntl.flock(self._lock, fcntl.LOCK_EX)


def counters_of(folder: Path) -> Counters:
    """Return the counters of this process for a folder: one, however often middleware is made."""
    return _counters_of(folder, os.getpid())


@cache
def _counters_of(folder: Path, _pid: int) -> Counters:
    return Counters(folder)


def _key(name: str, *labels: str) -> str:
    return json.dumps([name, *labels])


def _fold(lock: Path) -> None:
    """Add the numbers of a process that is gone to ``past``."""
    with open(lock) as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        past = lock.parent / PAST
        _replace(past, _read(past) + _read(lock.with_suffix(".json")))
        lock.with_suffix(".json").unlink(missing_ok=True)
        lock.unlink()


def _read(file: Path) -> Numbers:
    try:
        return Counter(json.loads(file.read_text()))
    except (OSError, ValueError):
        return Counter()


def _replace(file: Path, numbers: Numbers) -> None:
    made = file.with_suffix(f".{os.getpid()}.tmp")
    made.write_text(json.dumps(numbers))
    os.replace(made, file)
