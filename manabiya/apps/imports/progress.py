"""How far the work at an import is: a share of the whole, and what is being done, in words."""

from collections.abc import Callable, Mapping
from itertools import takewhile

Tell = Callable[[int, str], None]
"""Told of a share (0 to 100) and of words."""

PLANNING = {"read": 35, "roster": 15, "compare": 45, "keep": 5}
APPLYING = {"read": 25, "roster": 10, "compare": 30, "write": 35}
EVERY = 250
"""So many rows are worth a word."""


def nobody(share: int, words: str) -> None:
    """Hear how far it is and tell nobody."""


class Progress:
    """Goes from stage to stage; each stage has its weight in the whole."""

    def __init__(self, weights: Mapping[str, int] = PLANNING, tell: Tell = nobody) -> None:
        self.weights = weights
        self.tell = tell
        self.name = self.words = ""
        self.done = self.total = 0

    def stage(self, name: str, words: str, total: int = 0) -> None:
        """Begin a stage (or its next part, when it is the same); ``total``: its steps, if known."""
        if name != self.name:
            self.done, self.total = 0, total
        self.name, self.words = name, words
        self._say()

    def step(self, count: int = 1) -> None:
        """Go on by so many steps of the stage."""
        before, self.done = self.done, self.done + count
        if before // EVERY != self.done // EVERY:
            self._say()

    @property
    def share(self) -> int:
        """Return how much of the whole is done, 0 to 100."""
        behind = sum(self.weights[one] for one in takewhile(lambda n: n != self.name, self.weights))
        part = min(self.done / self.total, 1.0) if self.total else 0.0
        return int(behind + self.weights.get(self.name, 0) * part)

    def _say(self) -> None:
        counted = f"({min(self.done, self.total):,} / {self.total:,})" if self.total else ""
        self.tell(self.share, f"{self.words}{counted}")
