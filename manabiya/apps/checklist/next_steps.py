"""Which three items a school does next: those that cost least and help most, and why each.

A plain rule on plain values. First the items every school is to do soon (80 % and more do them).
Then what at least half of the schools of the same kind manage and for which there is a way at hand
(a practice, a page of the product). Then what half of the same kind do, then what has a way.
Within each, what the school has begun already comes first, then what more schools do, then the
order of the questions. An item nothing speaks for is not proposed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST = 3
EVERY_SCHOOL, HALF = Decimal(80), Decimal(50)


@dataclass(frozen=True, slots=True)
class Chance:
    """An item a school doesn't do yet.

    ``percent``: the share of ``whose`` (市, or 全国 where the city's can't be shown); None: unknown.
    ``similar``: the share of the schools of the same kind, whose name is ``kind``; None: too few.
    ``has_begun``: it does it in part. ``practices`` and ``pages``: ways at hand.
    """

    key: str
    number: int
    percent: Decimal | None = None
    whose: str = ""
    similar: Decimal | None = None
    kind: str = ""
    has_begun: bool = False
    practices: int = 0
    pages: int = 0

    @property
    def has_way(self) -> bool:
        """Return whether a practice or a page of the product is at hand."""
        return bool(self.practices or self.pages)

    @property
    def is_for_all(self) -> bool:
        """Return whether it is one every school is to do soon."""
        return self.percent is not None and self.percent >= EVERY_SCHOOL

    @property
    def is_common(self) -> bool:
        """Return whether at least half of the schools of the same kind do it."""
        return self.similar is not None and self.similar >= HALF


@dataclass(frozen=True, slots=True)
class NextStep:
    """A proposed item and the reasons, each a sentence."""

    chance: Chance
    reasons: tuple[str, ...]


def next_steps(chances: Iterable[Chance]) -> list[NextStep]:
    """Return at most three steps in their order; fewer where nothing speaks for more."""
    spoken_for = [chance for chance in chances if _tier(chance) is not None]
    return [NextStep(chance, _reasons(chance)) for chance in sorted(spoken_for, key=_order)[:MOST]]


def _tier(chance: Chance) -> int | None:
    tiers = (
        chance.is_for_all,
        chance.is_common and chance.has_way,
        chance.is_common,
        chance.has_way,
    )
    return next((tier for tier, holds in enumerate(tiers) if holds), None)


def _order(chance: Chance) -> tuple[int, bool, Decimal, int]:
    tier = _tier(chance)
    done_by = chance.similar if chance.similar is not None else chance.percent
    return (
        tier if tier is not None else 9,
        not chance.has_begun,
        -(done_by if done_by is not None else Decimal(0)),
        chance.number,
    )


def _reasons(chance: Chance) -> tuple[str, ...]:
    """Return why the item was chosen, the strongest reason first."""
    said = []
    if chance.is_for_all:
        said.append(
            f"{chance.whose}の{chance.percent}%の学校がしています。早急に全校で行う項目です。"
        )
    if chance.is_common:
        said.append(f"同じ{chance.kind}の{chance.similar}%がしています。")
    if not chance.is_for_all and not chance.is_common and chance.percent is not None:
        said.append(f"{chance.whose}では{chance.percent}%の学校がしています。")
    if chance.has_begun:
        said.append("もう一部でしています。")
    if chance.practices:
        said.append(f"先行事例が{chance.practices}件あります。")
    if chance.pages:
        said.append("この製品の画面で始められます。")
    return tuple(said)
