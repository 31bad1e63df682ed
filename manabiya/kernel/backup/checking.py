"""Read a backup through: genuine, whole, and as its manifest says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manabiya.kernel.backup.archive import ArchiveReader, Title
from manabiya.kernel.backup.errors import BackupRefused, not_a_backup, tampered, truncated
from manabiya.kernel.backup.manifest import FORMAT, About, Manifest, Measure, Measuring


@dataclass(frozen=True, slots=True)
class Checked:
    """What a genuine backup holds."""

    about: About
    manifest: Manifest


@contextmanager
def opened(file: Path, key: bytes) -> Iterator[ArchiveReader]:
    """Open a backup for reading; raises :class:`BackupRefused`."""
    try:
        source = open(file, "rb")  # noqa: SIM115  closed below
    except OSError as error:
        raise BackupRefused(f"{file} を開けません({error.strerror})。") from error
    with source:
        yield ArchiveReader(source, key)


def check(file: Path, key: bytes) -> Checked:
    """Read the whole file and compare every section; raises :class:`BackupRefused`."""
    about: About | None = None
    manifest: Manifest | None = None
    found: dict[tuple[str, str], Measure] = {}
    with opened(file, key) as archive:
        for title, blocks in archive.sections():
            if manifest is not None:
                raise tampered()
            if title.kind == "about":
                about = read_about(blocks)
            elif title.kind == "manifest":
                manifest = Manifest.parse(_json(blocks))
            else:
                found[title.kind, title.name] = Measuring(blocks).rest()
    if about is None or manifest is None:
        raise truncated()
    if found != wanted(manifest):
        raise tampered()
    return Checked(about, manifest)


def wanted(manifest: Manifest) -> dict[tuple[str, str], Measure]:
    """Return the measure of every section the manifest names."""
    return {
        **{("table", name): measure for name, measure in manifest.tables.items()},
        **{("file", name): measure for name, measure in manifest.files.items()},
    }


def read_about(blocks: Iterator[bytes]) -> About:
    """Read the first section; raises :class:`BackupRefused` for another format."""
    content = _json(blocks)
    if content.get("format") != FORMAT:
        raise not_a_backup()
    return About(**content)


def _json(blocks: Iterator[bytes]) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(b"".join(blocks))
    return content


__all__ = ["Checked", "Title", "check", "opened", "wanted"]
