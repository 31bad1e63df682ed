"""The keeper: parent of the server, ends it when the last user process is gone.

Every user holds a shared lock on ``users.lock``. The kernel drops it on kill -9, so nothing goes
stale. The keeper waits for the exclusive lock, stops the server and ends. If the keeper itself
is killed, the server gets SIGINT from the kernel and shuts down cleanly.
"""

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
LOOK_EVERY = 0.2
PATIENCE = 60
CLAIM_SECONDS = 1


def before_exec(*, own_namespace: bool, die_with_parent: bool) -> Callable[[], None]:
    """Return what the child does before it becomes PostgreSQL."""

    def prepare() -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        if own_namespace:
            if libc.unshare(CLONE_NEWUSER) != 0:
                raise OSError(ctypes.get_errno(), "unshare")
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/gid_map").write_text("1000 0 1")
            Path("/proc/self/uid_map").write_text("1000 0 1")
        if die_with_parent:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)

    return prepare


def account_arguments(config: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of ``Popen`` that change the account."""
    if config["uid"] is None:
        return {}
    return {"user": config["uid"], "group": config["gid"], "extra_groups": []}


def keep(config: dict[str, Any]) -> int:
    """Run the server until no user is left; return its exit code."""
    folder = Path(config["folder"])
    with open(folder / "server.lock", "w") as alive, open(folder / "users.lock", "w") as users:
        if not _claim(alive.fileno()):
            return 0
        server = _server(config, folder, alive.fileno())
        signal.signal(signal.SIGTERM, lambda *_: server.send_signal(signal.SIGINT))
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while server.poll() is None:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(LOOK_EVERY)
                continue
            server.send_signal(signal.SIGINT)
            try:
                server.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
        return server.wait()


def _claim(lock: int) -> bool:
    """Take the server's lock; somebody looking whether it is held may hold it for a moment."""
    end = time.monotonic() + CLAIM_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        else:
            return True


def _server(config: dict[str, Any], folder: Path, alive: int) -> subprocess.Popen[bytes]:
    arguments = [config["postgres"], "-D", str(folder / "data"), "-k", config["socket_dir"]]
    for name, value in config["settings"].items():
        arguments += ["-c", f"{name}={value}"]
    with open(folder / "log", "ab") as log:
        return subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[alive],
            cwd=config["socket_dir"],
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ.get("PATH", "/usr/bin:/bin")},
            preexec_fn=before_exec(own_namespace=config["own_namespace"], die_with_parent=True),
            **account_arguments(config),
        )


if __name__ == "__main__":
    sys.exit(keep(json.loads(sys.argv[1])))
