"""Which marks of the register may look alike: plain values."""

from collections.abc import Mapping
from itertools import combinations

ABSENT = frozenset({"absent_sick", "absent_other"})
EXCUSED = frozenset({"S1", "S2", "S3", "S4", "S5", "S6", "S7"})


def clash_of(symbols: Mapping[str, str]) -> tuple[str, str] | None:
    """Return two codes that count differently and share a mark, None when there are none.

    欠席 may share one, and so may those counted as 出席停止・忌引等; all others are apart.
    """
    for one, other in combinations(symbols, 2):
        alike = any({one, other} <= group for group in (ABSENT, EXCUSED))
        if symbols[one] == symbols[other] and not alike:
            return one, other
    return None
