"""Keys made in Python, so that a row has its name before it is stored."""

import os
import random
import time
import uuid
from datetime import datetime


def uuid7() -> uuid.UUID:
    """Return a new UUID version 7: 48 bits of milliseconds, then randomness (RFC 9562 §5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class Keys:
    """Keys of the same kind that are the same for the same seed, for invented data only.

    They rise by a millisecond each, as if one row after the other had been stored from ``start``,
    and come as 32 hexadecimal letters.
    """

    def __init__(self, seed: str, start: datetime) -> None:
        self._bits = random.Random(seed).getrandbits  # noqa: S311
        self._time = int(start.timestamp() * 1000) << 80

    def __call__(self) -> str:
        """Return the next key."""
        self._time += 1 << 80
        bits = self._bits(74)
        high, low = bits >> 62, bits & (1 << 62) - 1
        return f"{self._time | 0x7 << 76 | high << 64 | 0x2 << 62 | low:032x}"
