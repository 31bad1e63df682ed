"""The embedded PostgreSQL: one server per data folder, shared by every process that uses it.

``start`` returns at once when the server runs. It listens on a socket in a 0700 folder and on no
TCP port. Layout of the folder: ``data`` (the cluster), ``log``, ``endpoint.json``, and three lock
files: ``start.lock`` (one start at a time), ``users.lock`` (held by users), ``server.lock``
(held by the server: "alive" means held, never a process number).
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from manabiya.kernel.database import errors, keeper
from manabiya.kernel.database.binaries import Binaries, RunAs, choose_account, find_binaries
from manabiya.kernel.database.roles import prepare_roles

__all__ = ["Cluster", "close", "is_running", "prepare_roles", "release", "start", "stop_server"]

SUPERUSER = "postgres"
START_SECONDS = 90
STOP_SECONDS = 60
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "unix_socket_permissions": "0700",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
_held: dict[Path, IO[str]] = {}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: socket folder (``host`` of a connection), superuser, major version."""

    folder: Path
    host: str
    superuser: str
    major: int


def start(folder: Path, *, settings: Mapping[str, str] | None = None) -> Cluster:
    """Make sure the server of ``folder`` runs and stays while this process lives.

    ``settings``: server settings besides the defaults, used when this call starts the server.
    Raises ``DatabaseUnavailable`` with what to do.
    """
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _hold(folder)
        with open(folder / "start.lock", "w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            binaries = find_binaries()
            _check_version(folder, binaries)
            if not is_running(folder):
                _start(folder, binaries, {**SETTINGS, **(settings or {})})
            return _wait_until_ready(folder, binaries)
    except (PermissionError, FileExistsError, NotADirectoryError) as error:
        raise errors.not_writable(folder) from error


def is_running(folder: Path) -> bool:
    """Return whether a server holds the folder's server lock."""
    with open(folder / "server.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def release(folder: Path) -> None:
    """Let go of the server: it stops when no other process uses it."""
    held = _held.pop(folder.resolve(), None)
    if held is not None:
        held.close()


def close(folder: Path) -> None:
    """Let go of the server; when nobody else uses it, return only after it is gone."""
    folder = folder.resolve()
    release(folder)
    if (folder / "users.lock").exists():
        _wait(lambda: not is_running(folder) or _has_users(folder), STOP_SECONDS)


def _has_users(folder: Path) -> bool:
    """Return whether a process holds the server: shared, for the keeper holds it alone."""
    with open(folder / "users.lock", "a") as lock:
        for kind, answer in ((fcntl.LOCK_EX, False), (fcntl.LOCK_SH, True)):
            try:
                fcntl.flock(lock, kind | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            return answer
    return False


def users_lock(folder: Path) -> int:
    """Return the file descriptor of our hold, for ``pass_fds`` of child processes."""
    return _held[folder.resolve()].fileno()


def stop_server(folder: Path) -> None:
    """Stop the server now (fast shutdown) although it has users; wait until it is gone."""
    pid = _postmaster_pid(folder.resolve())
    if pid is not None and is_running(folder):
        os.kill(pid, signal.SIGINT)
        _wait(lambda: not is_running(folder), STOP_SECONDS)


def _hold(folder: Path) -> None:
    if folder not in _held:
        lock = open(folder / "users.lock", "a")  # noqa: SIM115  held until the process ends
        fcntl.flock(lock, fcntl.LOCK_SH)
        os.set_inheritable(lock.fileno(), False)
        _held[folder] = lock


def _check_version(folder: Path, binaries: Binaries) -> None:
    file = folder / "data" / "PG_VERSION"
    if file.exists() and (found := file.read_text().strip()) != str(binaries.major):
        raise errors.other_version(found, str(binaries.major))


def _start(folder: Path, binaries: Binaries, settings: dict[str, str]) -> None:
    account = choose_account(folder, binaries)
    if not (folder / "data").exists():
        _initdb(folder, binaries, account)
    socket_dir = _socket_dir(folder, account)
    for stale in [folder / "data" / "postmaster.pid", *socket_dir.glob(".s.PGSQL.*")]:
        stale.unlink(missing_ok=True)
    config = {
        "folder": str(folder),
        "socket_dir": str(socket_dir),
        "postgres": str(binaries.folder / "postgres"),
        "settings": settings,
        **_account(account),
    }
    (folder / "endpoint.json").write_text(json.dumps({"host": str(socket_dir)}))
    subprocess.Popen(
        [sys.executable, "-m", "manabiya.kernel.database.keeper", json.dumps(config)],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    if not _wait(lambda: is_running(folder), 10):
        raise errors.did_not_start(_log_tail(folder))


def _account(account: RunAs) -> dict[str, Any]:
    return {"uid": account.uid, "gid": account.gid, "own_namespace": account.own_namespace}


def _initdb(folder: Path, binaries: Binaries, account: RunAs) -> None:
    """Make the cluster in a second folder and rename it: a half-made one is never used."""
    for old in folder.glob("new-*"):
        shutil.rmtree(old)
    made = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    if account.uid is not None:
        os.chown(made, account.uid, account.gid or -1)
    locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    result = subprocess.run(
        [
            str(binaries.folder / "initdb"),
            *("-D", str(made), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"),
            *(locale if binaries.major >= 17 else ["--locale=C.UTF-8"]),
        ],
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "TZ": "UTC"},
        cwd=made,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=keeper.before_exec(own_namespace=account.own_namespace, die_with_parent=False),
        **keeper.account_arguments(_account(account)),
    )
    if result.returncode != 0:
        shutil.rmtree(made, ignore_errors=True)
        raise errors.did_not_start((result.stdout + result.stderr)[-2000:])
    made.rename(folder / "data")


def _socket_dir(folder: Path, account: RunAs) -> Path:
    """Return a short 0700 folder for the socket (its path may have 107 bytes)."""
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    place = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    if len(os.fsencode(place)) > 60 or not os.access(place, os.W_OK) or account.uid is not None:
        place = Path("/tmp")  # noqa: S108  the folder made there is ours and 0700
    owner = account.uid if account.uid is not None else os.geteuid()
    for number in range(10):
        found = place / f"manabiya-{os.geteuid()}-{name}{f'-{number}' if number else ''}"
        try:
            found.mkdir(mode=0o700)
            os.chown(found, owner, -1)
        except FileExistsError:
            pass
        state = found.lstat()
        if found.is_dir() and not found.is_symlink() and state.st_uid == owner:
            found.chmod(0o700)
            return found
    raise errors.not_writable(place)


def _wait_until_ready(folder: Path, binaries: Binaries) -> Cluster:
    """Wait until recovery is over and connections are accepted."""
    if not _wait(lambda: _is_ready(folder) or not is_running(folder), START_SECONDS):
        raise errors.did_not_start(_log_tail(folder))
    if not _is_ready(folder):
        raise errors.did_not_start(_log_tail(folder))
    host = json.loads((folder / "endpoint.json").read_text())["host"]
    return Cluster(folder=folder, host=host, superuser=SUPERUSER, major=binaries.major)


def _is_ready(folder: Path) -> bool:
    lines = _pid_lines(folder)
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _pid_lines(folder: Path) -> list[str]:
    try:
        return (folder / "data" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _postmaster_pid(folder: Path) -> int | None:
    lines = _pid_lines(folder)
    return int(lines[0]) if lines else None


def _log_tail(folder: Path) -> str:
    try:
        return (folder / "log").read_text(errors="replace")[-2000:]
    except OSError:
        return ""


def _wait(condition: Any, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())
