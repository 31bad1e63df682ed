"""Ways (やり方): what helps a school to do what a question of the checklist asks.

An app offers its own: a practice another school wrote, a page where the product is set up. Who
shows them beside a question knows no app by name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """A way to do ``item``: a practice (``is_practice``), or a page where the product is set up.

    ``route`` with ``values``: the page, in the area of the viewer. ``by``: whose it is, in words.
    """

    item: str
    title: str
    route: str
    values: Mapping[str, object] = field(default_factory=dict)
    by: str = ""
    is_practice: bool = False


class Offer(Protocol):
    """Return the ways the viewer may open, of ``items``, the best of each item first."""

    def __call__(self, *, viewer: Actor, items: Collection[str]) -> list[Way]: ...


@dataclass(frozen=True, slots=True)
class Ways:
    """What an app offers."""

    key: str
    offer: Offer = field(compare=False)
