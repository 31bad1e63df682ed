"""Obstacles (課題): why something a question of the checklist asks for isn't done yet, counted.

An app offers what its rows say about an item; who shows it knows no app by name.
"""

from dataclasses import dataclass, field
from typing import Protocol

from manabiya.kernel.access.actors import Actor


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A cause in words, with how many rows name it and at how many schools."""

    word: str
    count: int
    schools: int


class CountObstacles(Protocol):
    """Return the causes of ``item`` the viewer may see, the most frequent first."""

    def __call__(self, *, viewer: Actor, item: str) -> list[Obstacle]: ...


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What an app counts; ``label``: what a row is, in words."""

    key: str
    label: str
    count: CountObstacles = field(compare=False)
