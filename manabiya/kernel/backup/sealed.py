"""Encryption of a stream: AES-256-GCM in chunks that can't be changed, swapped or left out.

File: magic, salt (32), key check (16), then chunks. A chunk is a 4-byte head (highest bit: the
last one; rest: length of its plaintext) and the ciphertext. The nonce is the chunk's number and
whether it is the last, so a cut, a swap or a second end doesn't decrypt (the STREAM way of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015). Every file has a key of its own, by HKDF from the
salt; the key check is another part of the same output and tells a wrong key from a broken file.
"""

import os
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from manabiya.kernel.backup import errors

MAGIC = b"manabiya-backup1"
SALT, CHECK, TAG = 32, 16, 16
CHUNK = 1 << 20
LAST = 1 << 31


def _keys(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    derived = HKDF(SHA256(), 32 + CHECK, salt, b"manabiya backup 1").derive(key)
    return AESGCM(derived[:32]), derived[32:]


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


class SealedWriter:
    """Writes plaintext as encrypted chunks; ``finish`` writes the last one."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT)
        self._out = out
        self._cipher, check = _keys(key, salt)
        self._head = MAGIC + salt + check
        self._waiting = bytearray()
        self._number = 0
        out.write(self._head)

    def write(self, content: bytes) -> None:
        """Take plaintext; whole chunks are written at once."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._chunk(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        """Write the rest as the last chunk and make the file durable."""
        self._chunk(bytes(self._waiting), is_last=True)
        self._out.flush()
        os.fsync(self._out.fileno())

    def _chunk(self, content: bytes, *, is_last: bool) -> None:
        head = len(content) | (LAST if is_last else 0)
        sealed = self._cipher.encrypt(_nonce(self._number, is_last), content, self._head)
        self._out.write(head.to_bytes(4, "big") + sealed)
        self._number += 1


class SealedReader:
    """Yields the plaintext chunks; raises ``BackupRefused`` at the first that isn't genuine."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._source = source
        self._head = source.read(len(MAGIC) + SALT + CHECK)
        if not self._head.startswith(MAGIC):
            raise errors.not_a_backup()
        if len(self._head) < len(MAGIC) + SALT + CHECK:
            raise errors.truncated()
        self._cipher, check = _keys(key, self._head[len(MAGIC) : -CHECK])
        if not secrets.compare_digest(check, self._head[-CHECK:]):
            raise errors.wrong_key()
        self._number = 0
        self._is_over = False

    def next_chunk(self) -> bytes | None:
        """Return the next chunk's plaintext; None after the last, when nothing follows it."""
        if self._is_over:
            return None
        head = int.from_bytes(self._exactly(4), "big")
        is_last, length = bool(head & LAST), head & (LAST - 1)
        if length > CHUNK:
            raise errors.tampered()
        try:
            content: bytes = self._cipher.decrypt(
                _nonce(self._number, is_last), self._exactly(length + TAG), self._head
            )
        except InvalidTag:
            raise errors.tampered() from None
        self._number += 1
        self._is_over = is_last
        if is_last and self._source.read(1):
            raise errors.tampered()
        return content

    def _exactly(self, length: int) -> bytes:
        content = self._source.read(length)
        if len(content) < length:
            raise errors.truncated()
        return content
