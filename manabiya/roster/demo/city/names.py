"""Draws names from the tables: a name is always a pair of letters and kana that stand together."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from manabiya.roster.demo.city import family_names, given_names
from manabiya.roster.demo.city.foreign_names import ORIGINS

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: 姓 and 名, each a pair of letters and kana."""

    family: Pair
    given: Pair

    @property
    def letters(self) -> tuple[str, str]:
        """Return 姓 and 名 as written."""
        return self.family[0], self.given[0]


def pairs(text: str) -> tuple[Pair, ...]:
    """Return the pairs of a table: ``|`` between them, a space between letters and kana."""
    found = []
    for entry in text.replace("\n", "|").split("|"):
        letters, kana = entry.split(" ")
        found.append((letters.replace("_", " "), kana.replace("_", " ")))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stock:
    """The names of one origin; ``weights`` (cumulative) say how frequent a family name is."""

    families: tuple[Pair, ...]
    girls: tuple[Pair, ...]
    boys: tuple[Pair, ...]
    women: tuple[Pair, ...]
    men: tuple[Pair, ...]
    weights: tuple[float, ...]

    def family(self, chance: random.Random) -> Pair:
        """Return a family name, the frequent ones more often."""
        return chance.choices(self.families, cum_weights=self.weights)[0]

    def child(self, chance: random.Random, *, is_girl: bool) -> Pair:
        """Return a child's given name."""
        return chance.choice(self.girls if is_girl else self.boys)

    def adult(self, chance: random.Random, *, is_woman: bool) -> Pair:
        """Return a grown-up's given name."""
        return chance.choice(self.women if is_woman else self.men)


def _weights(groups: Sequence[tuple[int, float]]) -> tuple[float, ...]:
    """Return cumulative weights: within a group the first are the most frequent."""
    each = [share / (1 + 2 * n / count) for count, share in groups for n in range(count)]
    return tuple(accumulate(each))


def _domestic() -> Stock:
    groups = [pairs(t) for t in (family_names.FREQUENT, family_names.ORDINARY, family_names.RARE)]
    weights = _weights([(len(group), share) for group, share in zip(groups, SHARES, strict=True)])
    return Stock(
        tuple(pair for group in groups for pair in group),
        pairs(given_names.GIRLS),
        pairs(given_names.BOYS),
        pairs(given_names.WOMEN),
        pairs(given_names.MEN),
        weights,
    )


def _foreign(tables: Sequence[str]) -> Stock:
    families, *given = map(pairs, tables)
    girls, boys, women, men = given
    return Stock(families, girls, boys, women, men, _weights([(len(families), 1.0)]))


SHARES = (10.0, 1.5, 1.2)
DOMESTIC = _domestic()
FOREIGN = tuple(_foreign(tables) for tables in ORIGINS.values())
OLDER_WOMEN, OLDER_MEN = pairs(given_names.OLDER_WOMEN), pairs(given_names.OLDER_MEN)


def family_pairs() -> frozenset[Pair]:
    """Return every family name with its kana."""
    return frozenset(p for stock in (DOMESTIC, *FOREIGN) for p in stock.families)


def given_pairs() -> frozenset[Pair]:
    """Return every given name with its kana."""
    stocks = (DOMESTIC, *FOREIGN)
    lists = [names for s in stocks for names in (s.girls, s.boys, s.women, s.men)]
    return frozenset(pair for names in (*lists, OLDER_WOMEN, OLDER_MEN) for pair in names)


def adult(chance: random.Random, *, is_woman: bool, family: Pair | None = None) -> Name:
    """Return a grown-up's name of the country."""
    stock = DOMESTIC
    return Name(family or stock.family(chance), stock.adult(chance, is_woman=is_woman))
