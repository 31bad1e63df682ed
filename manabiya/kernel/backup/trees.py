"""The kept files of an installation, by their path under the data folder.

``files/`` are the documents, ``audit-heads/`` the heads kept outside the database, ``secret-key``
signs sessions and the papers of invitations. A file that vanishes meanwhile is left out: files
are written before the row that names them, and the rows were read first.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from manabiya.kernel.backup.archive import BLOCK
from manabiya.kernel.backup.errors import tampered

FOLDERS = ("files", "audit-heads")
KEY = "secret-key"


def kept_files(data_dir: Path) -> Iterator[str]:
    """Yield the paths of the files to keep, in order."""
    for folder in FOLDERS:
        for path in sorted((data_dir / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(data_dir).as_posix()
    if (data_dir / KEY).is_file():
        yield KEY


def has_files(data_dir: Path) -> bool:
    """Return whether documents lie in the data folder."""
    return any(path.is_file() for path in (data_dir / "files").rglob("*"))


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the content of a file."""
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def store(folder: Path, name: str, blocks: Iterable[bytes]) -> None:
    """Write a file durably under ``folder``, readable by its owner only."""
    place = (folder / name).resolve()
    if not place.is_relative_to(folder.resolve()) or not _is_ours(name):
        raise tampered()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for block in blocks:
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def _is_ours(name: str) -> bool:
    return name == KEY or name.split("/", 1)[0] in FOLDERS


def move_in(staged: Path, data_dir: Path) -> None:
    """Put the staged files into their places in an empty data folder."""
    for name in (*FOLDERS, KEY):
        if not (staged / name).exists():
            continue
        target = data_dir / name
        if target.is_dir():
            shutil.rmtree(target)
        os.replace(staged / name, target)
    sync_folder(data_dir)


def take_out(data_dir: Path) -> None:
    """Take moved documents out again, since their rows did not come."""
    for name in FOLDERS:
        shutil.rmtree(data_dir / name, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
