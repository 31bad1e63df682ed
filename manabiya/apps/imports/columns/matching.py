"""Which heading means which field, and of which kind a file is."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from manabiya.apps.imports.columns.fields import (
    FIELDS,
    KINDS,
    PERSON,
    PHONES,
    RELATIONSHIP,
    REQUIRED,
    Field,
    Kind,
    fields_of,
)
from manabiya.apps.imports.reading.tables import plain_heading

CHILD = re.compile(r"^(児童生徒|児童|生徒|学習者|本人|子)の?")
PARENT = re.compile(r"^(?:第?([123])?保護者第?([123])?|(父親?|母親?))の?(.*?)([123])?$")
BARE = re.compile(r"^(.+?)([123])?$")
MARKS = {
    Kind.SCHOOL: {"code"},
    Kind.STAFF: {"number", "post", "duty", "starts_on"},
    Kind.STUDENT: {"sex", "birth_date", "preferred_name"},
    Kind.GUARDIAN: {"student_reference", "relationship", "call_order", "can_report"},
    Kind.ENROLLMENT: {"reference", "homeroom", "roll_number", "entered_on"},
}
"""The fields that speak for a kind."""


@dataclass(frozen=True, slots=True)
class Match:
    """A file's kind and, for each column, the key of its field (empty: not taken)."""

    kind: Kind
    fields: tuple[str, ...]

    def places(self) -> dict[str, int]:
        """Return field → column."""
        return {key: place for place, key in enumerate(self.fields) if key}


@cache
def _words(kind: Kind) -> Mapping[str, str]:
    return {word: field.key for field in reversed(FIELDS[kind]) for word in field.words()}


@cache
def _slot_words() -> Mapping[str, str]:
    number = Field("reference", "識別番号", ("宛名番号", "id", "番号"))
    parts = (*PERSON, RELATIONSHIP, *PHONES, number)
    return {word: field.key for field in parts for word in field.words()} | {"": "name"}


@cache
def field_of(kind: Kind, heading: str) -> str:
    """Return the key of the field a plain heading means in a file of ``kind``, else ""."""
    words = _words(kind)
    if heading in words:
        return words[heading]
    if kind is Kind.GUARDIAN:
        return words.get(re.sub(r"^保護者の?", "", heading), "") or _child_of(words, heading)
    if kind is Kind.STUDENT and (slot := _slot(heading)):
        return slot
    return words.get(CHILD.sub("", heading), "") if CHILD.match(heading) else ""


def _child_of(words: Mapping[str, str], heading: str) -> str:
    """Return what a heading about the child means in a file of guardians."""
    if not CHILD.match(heading):
        return ""
    key = words.get(CHILD.sub("", heading), "")
    places = {"school", "school_year", "grade_level", "homeroom", "roll_number"}
    return key if key in places else ""


def _slot(heading: str) -> str:
    found = PARENT.match(heading)
    if not found:
        return _bare_slot(heading)
    before, within, parent, rest, after = found.groups()
    part = _slot_words().get(rest)
    if part is None and after:
        part = _slot_words().get(rest + after)
    if part is None:
        return ""
    slot = parent[0] if parent else before or within or after or "1"
    return f"g{slot}.{part}"


def _bare_slot(heading: str) -> str:
    """Return the field of a heading that only a guardian can have: 続柄2, 緊急連絡先1, 自宅電話."""
    found = BARE.match(heading)
    part = _slot_words().get(found[1], "") if found else ""
    if found is None or part not in ("relationship", "phone", "phone_home", "phone_work"):
        return ""
    return f"g{found[2] or '1'}.{part}"


def is_known(heading: str) -> bool:
    """Tell whether a plain heading means something in any kind of file."""
    return bool(heading) and any(field_of(kind, heading) for kind in KINDS)


def match_headings(headings: Sequence[str], name: str = "", kind: Kind | None = None) -> Match:
    """Return the most likely kind (or the given one) and the field of each heading.

    ``name``: of the file; a kind's word in it decides when headings leave two open.
    """
    if kind is not None:
        return Match(kind, _fields(kind, headings))
    found = [Match(k, _fields(k, headings)) for k in KINDS]
    return max(found, key=lambda match: _score(match, name))


def _fields(kind: Kind, headings: Sequence[str]) -> tuple[str, ...]:
    taken: set[str] = set()
    found = []
    for heading in headings:
        key = field_of(kind, plain_heading(heading)) if heading else ""
        key = "" if key in taken else key
        taken.add(key)
        found.append(key)
    return tuple(found)


def _score(match: Match, name: str) -> tuple[int, int, int]:
    keys = {key for key in match.fields if key}
    named = 2 * (match.kind.label in name)
    fitting = len(keys) + len(keys & MARKS[match.kind])
    return 2 * (not missing_fields(match)) + named, fitting, -KINDS.index(match.kind)


def missing_fields(match: Match) -> list[str]:
    """Return the labels of what a file of this kind can't do without and does not have."""
    keys = set(match.fields)
    labels = {key: field.label for key, field in fields_of(match.kind).items()}
    return [
        "か".join(f"「{labels[key]}」" for key in group)
        for group in REQUIRED[match.kind]
        if not keys & set(group)
    ]


def signature(headings: Sequence[str]) -> str:
    """Return the name of a header by which its match is remembered."""
    plain = "\n".join(plain_heading(heading) for heading in headings)
    return hashlib.sha256(plain.encode()).hexdigest()
