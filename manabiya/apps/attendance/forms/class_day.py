"""The class as a teacher posts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from manabiya.apps.attendance import rules


class FormBroken(ValueError):
    """The class form holds something no page of ours ever sent."""


@dataclass(frozen=True, slots=True)
class ClassForm:
    """The class as posted: hidden ``b`` = students with their base codes, radio ``r<n>`` = chosen.

    ``b`` is one list with commas: a field of its own for each child made the page heavier.

    ``unchosen``: children both changed, for whom nothing was picked yet.
    """

    entries: tuple[rules.Entry, ...]
    settled: tuple[UUID, ...]
    unchosen: tuple[UUID, ...]

    @property
    def chosen(self) -> Mapping[UUID, rules.Entry]:
        """Return the entry of each child."""
        return {entry.student_id: entry for entry in self.entries}


CHOSEN = {*rules.CODES, rules.ABSENT}


def read_class_form(posted: QueryDict) -> ClassForm:
    """Read the posted class; raises :class:`FormBroken`."""
    entries, unchosen = [], []
    children = [text for texts in posted.getlist("b") for text in texts.split(",") if text]
    for number, hidden in enumerate(children):
        student, _space, base = hidden.partition(" ")
        must_choose = base.startswith("!")
        base = base.removeprefix("!") or rules.PRESENT
        chosen = posted.get(f"r{number}", rules.PRESENT)
        if chosen not in CHOSEN or base not in rules.CODES:
            raise FormBroken(hidden)
        entries.append(rules.Entry(_uuid(student), base, chosen))
        if must_choose and f"r{number}" not in posted:
            unchosen.append(entries[-1].student_id)
    settled = tuple(_uuid(text) for text in posted.getlist("seen"))
    return ClassForm(tuple(entries), settled, tuple(unchosen))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise FormBroken(text) from None
