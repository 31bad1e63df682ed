"""The key of the backups: 32 random bytes, written as 64 hexadecimal letters."""

import os
import secrets
from pathlib import Path

from manabiya.kernel.backup.errors import BackupRefused, no_key

LENGTH = 32


def read_key(file: Path | None, given: str = "") -> bytes:
    """Return the key of a file, else of the text ``given``; raises :class:`BackupRefused`."""
    try:
        text = file.read_text() if file else given
        key = bytes.fromhex(text.strip())
    except (OSError, ValueError):
        raise no_key() from None
    if len(key) != LENGTH:
        raise no_key()
    return key


def make_key(file: Path) -> None:
    """Write a new key into a new file that only its owner reads (0600)."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupRefused(f"{file} はもうあります。鍵は上書きしません。") from None
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_hex(LENGTH) + "\n")
