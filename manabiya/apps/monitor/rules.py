"""Decisions of the wall on plain values: when it is dark, what has room."""

from collections.abc import Sequence
from datetime import datetime, time

LIGHT_FROM = time(6, 0)
"""Before this the screen is dark whatever the school decided: nobody is there."""
ROOM, ROOM_BESIDE_OPEN_CLASSES = 14, 11
"""Lines of names that fit beside the classes; the list of open classes takes three of them."""
LEAST = 2
"""Every list shows that many lines, however long the others are."""
FRESH_MINUTES = 5
"""What no version covers (names, classes, the calendar) is at most this old on the wall."""


def is_dark(now: datetime, dark_from: time) -> bool:
    """Return whether the screen shows nothing at ``now`` (school local)."""
    return not LIGHT_FROM <= now.time() < dark_from


def fitted(counts: Sequence[int], room: int) -> list[int]:
    """Return how many lines of each list are shown, the first list first.

    A list that does not fit ends with a line 「ほか n名」, which takes a line of its room.
    """
    found: list[tuple[int, int]] = []
    for place, count in enumerate(counts):
        kept_back = sum(min(later, LEAST) for later in counts[place + 1 :])
        free = max(room - sum(_lines(n, c) for n, c in found) - kept_back, min(count, LEAST))
        found.append((count if count <= free else max(free - 1, 1), count))
    return [shown for shown, _count in found]


def _lines(shown: int, count: int) -> int:
    return shown + (shown < count)


def bucket(now: datetime) -> str:
    """Return the five minutes ``now`` lies in."""
    return f"{now:%Y-%m-%d %H}:{now.minute // FRESH_MINUTES}"
