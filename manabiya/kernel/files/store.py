"""Keep and read files by the digest of their content."""

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from manabiya.kernel.tenancy import scope

ALIAS = "house"


class FileMissing(LookupError):
    """The file of a digest is not in the store of this municipality."""


class DurableStorage(FileSystemStorage):
    """A folder whose files are on the disk before ``save`` returns."""

    def _save(self, name: str, content: object) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]
        path = Path(self.path(saved))
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved


def _store() -> Storage:
    return storages[ALIAS]


def _name(digest: str) -> str:
    municipality: UUID = scope.current()
    return f"{municipality}/{digest[:2]}/{digest}"


def keep(content: bytes) -> str:
    """Keep ``content`` in the municipality in scope; return its SHA-256 (64 hex digits)."""
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest)
    if not _store().exists(name):
        _store().save(name, ContentFile(content))
    return digest


def read(digest: str) -> bytes:
    """Return the content kept under ``digest``; raises :class:`FileMissing`."""
    try:
        with _store().open(_name(digest)) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        raise FileMissing(digest) from None
    return content
