"""What the board decides from a day on (市の決まり): what holds, what comes, what was."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.forms import Form

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy


class SettingsRefused(Exception):
    """The decision can't be kept or taken back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DecidedValue:
    """A value in words; ``is_new``: it differs from what held before."""

    label: str
    word: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What begins on a day: ``begins`` None is what nobody decided (はじめの値).

    ``set_by_name`` is filled in by the page.
    """

    begins: date | None
    values: tuple[DecidedValue, ...]
    set_by: UUID | None = None
    set_at: datetime | None = None
    id: UUID | None = None
    set_by_name: str = ""

    @property
    def changed(self) -> tuple[DecidedValue, ...]:
        """Return the values that differ from what held before."""
        return tuple(value for value in self.values if value.is_new)


@dataclass(frozen=True, slots=True)
class Decided:
    """What holds today, what will hold in order, what held (newest first).

    ``notes``: sentences beside what holds, as what the schools made of it, in numbers.
    """

    now: DecidedLine
    coming: tuple[DecidedLine, ...] = ()
    past: tuple[DecidedLine, ...] = ()
    notes: tuple[str, ...] = ()


class DecidedRow(Protocol):
    """A row that holds from its day until the next one's."""

    pk: Any
    valid_from: Any
    set_by: Any
    set_at: Any


Words = Callable[[Any], Iterable[tuple[str, str]]]


def decided(
    rows: Iterable[DecidedRow],
    default: DecidedRow,
    *,
    words: Words,
    day: date,
    notes: Iterable[str] = (),
) -> Decided:
    """Return ``rows`` as what holds on ``day``, comes and was; ``default`` holds before them all.

    ``words``: label and word of each value of a row, always in the same order.
    """
    lines = [DecidedLine(None, tuple(DecidedValue(*pair) for pair in words(default)))]
    for row in sorted(rows, key=lambda row: row.valid_from):
        before = [value.word for value in lines[-1].values]
        values = tuple(
            DecidedValue(label, word, word != old)
            for (label, word), old in zip(words(row), before, strict=True)
        )
        lines.append(DecidedLine(row.valid_from, values, row.set_by, row.set_at, row.pk))
    begun = [line for line in lines if line.begins is None or line.begins <= day]
    return Decided(begun[-1], tuple(lines[len(begun) :]), tuple(reversed(begun[:-1])), tuple(notes))


class ReadDecided(Protocol):
    """Return what the board decided, None where the city has nothing of the kind."""

    def __call__(self, *, actor: Actor, day: date) -> Decided | None: ...


class SettingsForm(Protocol):
    """Return the form of the next version: bound to ``posted``, else with what holds on ``day``."""

    def __call__(self, *, actor: Actor, day: date, posted: Mapping[str, Any] | None) -> Form: ...


class SaveDecision(Protocol):
    """Keep the form's values; return the day they begin. Raises :class:`SettingsRefused`."""

    def __call__(self, *, actor: Actor, values: Mapping[str, Any], now: datetime) -> date: ...


class DropDecision(Protocol):
    """Take back what has not begun; return the day it would have begun.

    Raises :class:`SettingsRefused`, ``Http404``.
    """

    def __call__(self, *, actor: Actor, row_id: UUID, now: datetime) -> date: ...


@dataclass(frozen=True, slots=True)
class BoardSettings:
    """A section of 市の決まり, for holders of ``policy``; ``lead``: what it decides, a sentence."""

    key: str
    label: str
    lead: str
    policy: Policy
    read: ReadDecided
    form: SettingsForm
    save: SaveDecision
    drop: DropDecision
    order: int = 100


def sections_for(slots: Mapping[str, BoardSettings], actor: Actor) -> list[BoardSettings]:
    """Return the sections the actor may decide, in the order of the page."""
    mine = (section for section in slots.values() if section.policy.may(actor))
    return sorted(mine, key=lambda section: (section.order, section.key))
