"""The plaintext of a backup: named sections, compressed as one stream.

A section is a title (JSON: kind, name and what its reader needs) and blocks of bytes. Title and
blocks have a 4-byte length before them; a block of length 0 ends the section. The first section
is ``about``, the last ``manifest``; the tables and files lie between.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from manabiya.kernel.backup import errors
from manabiya.kernel.backup.sealed import SealedReader, SealedWriter

LEVEL = 3
BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class Title:
    """What a section is: ``about``, ``table``, ``file`` or ``manifest``, and of which name."""

    kind: str
    name: str = ""
    columns: tuple[str, ...] = ()

    @classmethod
    def parse(cls, content: bytes) -> "Title":
        """Read a title."""
        kind, name, columns = json.loads(content)
        return cls(kind, name, tuple(columns))

    def encoded(self) -> bytes:
        """Write a title."""
        return json.dumps([self.kind, self.name, self.columns], ensure_ascii=False).encode()


class ArchiveWriter:
    """Writes sections."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        self._sealed = SealedWriter(out, key)
        self._packer = zlib.compressobj(LEVEL)

    def section(self, title: Title, blocks: Iterable[bytes]) -> None:
        """Write one section."""
        self._piece(title.encoded())
        for block in blocks:
            if block:
                self._piece(block)
        self._piece(b"")

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Write a section that is one JSON object."""
        self.section(Title(kind), [json.dumps(content, ensure_ascii=False).encode()])

    def finish(self) -> None:
        """Write the end; the file is durable when this returns."""
        self._sealed.write(self._packer.flush())
        self._sealed.finish()

    def _piece(self, content: bytes) -> None:
        self._sealed.write(self._packer.compress(len(content).to_bytes(4, "big") + content))


class ArchiveReader:
    """Reads sections in their order."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._sealed = SealedReader(source, key)
        self._unpacker = zlib.decompressobj()
        self._waiting = bytearray()

    def sections(self) -> Iterator[tuple[Title, Iterator[bytes]]]:
        """Yield title and blocks of each section; blocks left unread are passed over."""
        while self._fill(1):
            blocks = self._blocks()
            title = Title.parse(self._piece())
            yield title, blocks
            for _ in blocks:
                pass

    def _blocks(self) -> Iterator[bytes]:
        while block := self._piece():
            yield block

    def _piece(self) -> bytes:
        return self._take(int.from_bytes(self._take(4), "big"))

    def _take(self, length: int) -> bytes:
        if not self._fill(length):
            raise errors.truncated()
        taken = bytes(self._waiting[:length])
        del self._waiting[:length]
        return taken

    def _fill(self, length: int) -> bool:
        """Read on until ``length`` bytes wait; return whether there are so many."""
        while len(self._waiting) < length:
            chunk = self._sealed.next_chunk()
            if chunk is None:
                return False
            self._waiting += self._unpacker.decompress(chunk)
        return True
