"""Decisions about 健康観察 on plain values: what a form says, and how two forms meet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

SYMPTOMS = ("headache", "stomach_ache", "cough", "fever", "other")
"""Every symptom in the order of the page."""
COLDEST, HOTTEST = Decimal("34.0"), Decimal("42.0")
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Health:
    """What is noted of a child: nothing at all is 良好.

    ``symptoms`` are always in the order of :data:`SYMPTOMS`, each once (:func:`health`).
    """

    symptoms: tuple[str, ...] = ()
    temperature: Decimal | None = None
    note: str = ""

    @property
    def is_good(self) -> bool:
        """Return whether there is nothing to note (良好)."""
        return self == GOOD

    @property
    def is_ill(self) -> bool:
        """Return whether the child has a symptom; a temperature alone is none."""
        return bool(self.symptoms)

    def as_json(self) -> dict[str, Any]:
        """Return the value as it is kept in the history."""
        heat = None if self.temperature is None else str(self.temperature)
        return {"symptoms": list(self.symptoms), "temperature": heat, "note": self.note}


GOOD = Health()


def health(
    symptoms: Collection[str] = (), temperature: Decimal | None = None, note: str = ""
) -> Health:
    """Return a value in its one form; ValueError for a symptom or temperature that can't be."""
    unknown = set(symptoms) - set(SYMPTOMS)
    if unknown:
        raise ValueError(f"no symptom: {', '.join(sorted(unknown))}")
    if temperature is not None:
        if not COLDEST <= temperature <= HOTTEST:
            raise ValueError(f"no temperature of a child: {temperature}")
        temperature = temperature.quantize(Decimal("0.1"))
    if len(note.strip()) > LONGEST_NOTE:
        raise ValueError("the note is too long")
    return Health(tuple(s for s in SYMPTOMS if s in symptoms), temperature, note.strip())


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a form: what is chosen, and what stood when the form was opened (``base``)."""

    student_id: UUID
    base: Health
    chosen: Health


@dataclass(frozen=True, slots=True)
class Clash:
    """Temperature or note of a child changed by both to different values: mine, and what stands."""

    student_id: UUID
    mine: Health
    standing: Health


@dataclass(frozen=True, slots=True)
class Merged:
    """What each child of the form should have, and the children that need a choice."""

    values: Mapping[UUID, Health]
    clashes: tuple[Clash, ...] = ()


def merge(entries: Sequence[Entry], standing: Mapping[UUID, Health]) -> Merged:
    """Merge a form with what stands now, child by child and field by field (three-way).

    Each symptom is a tick of its own: what the form added is added, what it took away is taken
    away, so symptoms of two people always meet. Temperature and note meet when only one of them
    changed the field, or both to the same value; else the child is a clash.
    """
    values, clashes = {}, []
    for entry in entries:
        now = standing.get(entry.student_id, GOOD)
        mine, base = entry.chosen, entry.base
        is_clash = _both(base.temperature, mine.temperature, now.temperature) or _both(
            base.note, mine.note, now.note
        )
        if is_clash:
            clashes.append(Clash(entry.student_id, mine, now))
            continue
        ticked = (set(now.symptoms) | set(mine.symptoms)) - _taken_away(base, mine, now)
        values[entry.student_id] = health(
            ticked,
            now.temperature if mine.temperature == base.temperature else mine.temperature,
            now.note if mine.note == base.note else mine.note,
        )
    return Merged(values, tuple(clashes))


def _both(base: object, mine: object, now: object) -> bool:
    return mine != base and now != base and mine != now


def _taken_away(base: Health, mine: Health, now: Health) -> set[str]:
    """Return the symptoms somebody took away: known when the form was opened, gone in one side."""
    return set(base.symptoms) - (set(mine.symptoms) & set(now.symptoms))
