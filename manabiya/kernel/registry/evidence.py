"""Evidence (実績): what the rows of a period say about a capability, school by school.

An app offers it beside a question of a checklist. Nothing is stored: each figure is counted from
the rows of the period when it is asked for, so a row that goes changes it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Share:
    """``numerator`` of ``denominator``; raises ValueError unless 0 ≤ numerator ≤ denominator > 0.

    A school about which nothing is known has no share: unknown is not nought.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or self.denominator == 0:
            raise ValueError(f"no share: {self.numerator} of {self.denominator}")


class Compute(Protocol):
    """Return the share of each school that has one, of the days ``first`` to ``last``."""

    def __call__(
        self, school_ids: Collection[UUID], first: date, last: date
    ) -> dict[UUID, Share]: ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure an app computes for a question (``item``: its key in ``law.checklist_items``).

    ``numerator`` and ``denominator`` are the words of what is counted. ``compute`` is asked with
    the schools of the municipality in scope; the caller has authorised them.
    """

    key: str
    item: str
    label: str
    numerator: str
    denominator: str
    compute: Compute = field(compare=False)
