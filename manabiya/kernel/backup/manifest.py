"""What a backup says about itself: ``About`` at its beginning, ``Manifest`` at its end.

*Measure*: how many rows (or bytes, for a file) a section has, and their SHA-256.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class About:
    """When it was taken (ISO 8601) and the applied migrations (``app.name``)."""

    taken_at: str
    migrations: list[str]
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Measure:
    """Size of a section and the SHA-256 (64 hex digits) of its bytes."""

    rows: int
    bytes: int
    digest: str


@dataclass(slots=True)
class Manifest:
    """Measures of tables and files, sequences (last value, is called), heads of the audit chains.

    ``heads``: municipality id → place in the chain and hash.
    """

    tables: dict[str, Measure] = field(default_factory=dict)
    files: dict[str, Measure] = field(default_factory=dict)
    sequences: dict[str, tuple[int, bool]] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)

    @classmethod
    def parse(cls, content: dict[str, Any]) -> "Manifest":
        """Read what :meth:`plain` wrote."""
        return cls(
            tables={name: Measure(**found) for name, found in content["tables"].items()},
            files={name: Measure(**found) for name, found in content["files"].items()},
            sequences={
                name: (last, is_called) for name, (last, is_called) in content["sequences"].items()
            },
            heads={key: (sequence, digest) for key, (sequence, digest) in content["heads"].items()},
        )

    @property
    def row_count(self) -> int:
        """Return the rows of all tables."""
        return sum(measure.rows for measure in self.tables.values())


class Measuring:
    """Passes blocks on and measures them; ``found`` is the measure when they are over."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = blocks
        self._digest = hashlib.sha256()
        self._rows = self._bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self._digest.update(block)
            self._rows += block.count(b"\n")
            self._bytes += len(block)
            yield block

    def rest(self) -> Measure:
        """Read what is left and return the measure."""
        for _ in self:
            pass
        return self.found

    @property
    def found(self) -> Measure:
        """Return the measure of what has passed."""
        return Measure(self._rows, self._bytes, self._digest.hexdigest())
