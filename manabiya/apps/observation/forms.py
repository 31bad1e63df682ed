"""健康観察 as the class page posts it, child by child."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.observation import rules
from manabiya.kernel.registry import FieldsRefused, PostedClass


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of one child.

    ``temperature`` as typed; ``base``: what the fields were opened with; ``entry`` is None, and
    ``error`` says why, while it can't be read.
    """

    symptoms: tuple[str, ...]
    temperature: str
    note: str
    base: rules.Health
    entry: rules.Entry | None = None
    error: str = ""

    @property
    def is_changed(self) -> bool:
        """Return whether something would be lost without these fields."""
        return self.entry is None or self.entry.chosen != self.base


def base_text(student_id: UUID, value: rules.Health) -> str:
    """Return the hidden value of the fields: the child, and what they were opened with."""
    heat = "" if value.temperature is None else str(value.temperature)
    return f"{student_id.hex}|{','.join(value.symptoms)}|{heat}|{value.note}"


def read_typed(posted: PostedClass) -> dict[UUID, Typed]:
    """Return child → what is in its fields, of the children whose fields were on the page.

    Names of child n: ``hb<n>`` hidden, ``h<n>`` symptoms, ``ht<n>`` temperature, ``hn<n>`` note.
    Raises :class:`FieldsRefused` for fields of another child than the form says.
    """
    found = {}
    for number, student_id in enumerate(posted.children):
        hidden = posted.values.get(f"hb{number}")
        if hidden is not None:
            found[student_id] = _typed(posted, number, student_id, hidden)
    return found


def _typed(posted: PostedClass, number: int, student_id: UUID, hidden: str) -> Typed:
    values = posted.values
    base = _base(student_id, hidden)
    symptoms = tuple(s for s in rules.SYMPTOMS if s in values.getlist(f"h{number}"))
    heat, note = values.get(f"ht{number}", "").strip(), values.get(f"hn{number}", "").strip()
    try:
        chosen = rules.health(symptoms, temperature_of(heat), note)
    except ValueError:
        is_long = len(note) > rules.LONGEST_NOTE
        error = _("200字までで書いてください。") if is_long else _(
            "体温は 34.0 から 42.0 までの数字で書いてください(例 36.8)。"
        )  # fmt: skip
        return Typed(symptoms, heat, note, base, error=error)
    return Typed(symptoms, heat, note, base, rules.Entry(student_id, base, chosen))


def _base(student_id: UUID, hidden: str) -> rules.Health:
    try:
        child, symptoms, heat, note = hidden.split("|", 3)
        if child != student_id.hex:
            raise ValueError(child)
        return rules.health([s for s in symptoms.split(",") if s], temperature_of(heat), note)
    except ValueError:
        raise FieldsRefused(
            _("学級の人が変わりました。何も保存していません。画面を開きなおしてください。")
        ) from None


def temperature_of(text: str) -> Decimal | None:
    """Return a temperature as people write it (「37.5」, 「３７．５℃」, 「37度5分」 is none).

    None for an empty text; ValueError for what is no number with at most one decimal.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = plain.removesuffix("°C").removesuffix("度").strip()
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite() or found != found.quantize(Decimal("0.1")):
        raise ValueError(text)
    return found
