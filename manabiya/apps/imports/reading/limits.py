"""How big a file may be: a city of 22,000 children fits several times over."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes and counts above which a file is refused before it is opened."""

    file_bytes: int = 30 * MEGABYTE
    upload_bytes: int = 60 * MEGABYTE
    files: int = 10
    rows: int = 100_000
    columns: int = 200
    cell_letters: int = 2_000
    archive_parts: int = 500
    archive_bytes: int = 250 * MEGABYTE
    archive_ratio: int = 150
    ratio_counts_from: int = 5 * MEGABYTE

    def megabytes(self, size: int) -> int:
        """Return a size in whole megabytes, for words."""
        return size // MEGABYTE


LIMITS = Limits()
