"""Question sets that come with the product: one file a round, read and checked at first use."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from manabiya.law.checklist_sets import QuestionSet, read_set

FOLDER = Path(__file__).parent / "question_sets"


class UnknownRound(LookupError):
    """No set of this key is shipped; the message names those that are."""


def shipped_keys() -> list[str]:
    """Return the keys of the shipped rounds, the oldest first (``r5``)."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def shipped_document(key: str) -> dict[str, Any]:
    """Return a shipped set as data; raises :class:`UnknownRound`."""
    if key not in shipped_keys():
        raise UnknownRound(
            f"{key} という回の設問は入っていません。ある回: {'、'.join(shipped_keys())}"
        )
    found: dict[str, Any] = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    return found


@cache
def shipped_set(key: str) -> QuestionSet:
    """Return a shipped set by its key; raises :class:`UnknownRound`."""
    return read_set(shipped_document(key))
