"""What is wrong with a cell or a row, in words that say how to mend it."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave: the row can't be taken, somebody must choose, or it is taken with a remark."""

    STOP = "stop"
    CHOICE = "choice"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the word on screen."""
        return {"stop": "止め", "choice": "選ぶ", "note": "注意"}[self.value]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its place: file, line, column, value, reason, how to mend it.

    ``is_secret``: address or phone; the value is left out where a family is protected.
    """

    level: Level
    file: int
    line: int
    column: str
    value: str
    reason: str
    mend: str
    is_secret: bool = False


class Bad(ValueError):
    """A value that can't be taken."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Note:
    """A value that is taken, with a remark."""

    reason: str
    mend: str
