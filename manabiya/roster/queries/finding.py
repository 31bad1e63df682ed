"""Find children by the beginning of a name, however it is typed.

Kana are compared without regard to script (ひらがな, カタカナ), width, size (しょう, しよう: old
registers know large kana only), spaces and the signs between the parts of a foreign name; voiced
kana differ from unvoiced ones. Anything else is compared as it is written, but for spaces and
signs. The legal name and the 通称 both count.
"""

from typing import Any, TypeVar

from django.db.models import F, Func, Model, Q, QuerySet, Value
from django.db.models.functions import Concat

from manabiya.law.kana import IGNORED, LONG, SMALL, to_full_width, to_katakana

Row = TypeVar("Row", bound=Model)

SIGNS = "".join(sorted(IGNORED))
SMALLS, LARGES = "".join(SMALL), "".join(SMALL.values())
HIRAGANA = "".join(map(chr, range(ord("ぁ"), ord("ゖ") + 1)))
LARGE_HIRAGANA = "".join(SMALL.get(letter, letter) for letter in HIRAGANA)
EVERY, EVERY_LARGE = HIRAGANA + to_katakana(HIRAGANA), LARGE_HIRAGANA * 2
FOLD = str.maketrans(EVERY, EVERY_LARGE, SIGNS)
KANA = frozenset(LARGE_HIRAGANA + LONG)


def named(rows: QuerySet[Row], typed: str, student: str = "student__") -> QuerySet[Row]:
    """Return the rows whose student's name begins with ``typed``; none for signs alone.

    ``student``: the way from a row to the columns of the student. The dear comparisons are asked
    of the few who have a 通称 only: the city has 22,000 children.
    """
    key = to_full_width(typed).translate(FOLD)
    if not key:
        return rows.none()
    others: tuple[Any, ...]
    if set(key) <= KANA:
        listed = _folded(F(f"{student}kana_search"), SMALLS + SIGNS, LARGES)
        legal, called = (_pair(student + part, "kana", EVERY + SIGNS, EVERY_LARGE) for part in BOTH)
        first, others = listed, (legal, called)
    else:
        key = typed.translate(str.maketrans("", "", SIGNS))
        legal, called = (_pair(student + part, "name", SIGNS, "") for part in BOTH)
        first, others = legal, (called,)
    found = {f"beginning_{n}": name for n, name in enumerate((first, *others))}
    by_called = Q()
    for name in list(found)[1:]:
        by_called |= Q(**{f"{name}__startswith": key})
    has_called = ~Q(**{f"{student}preferred_family_name": ""})
    return rows.alias(**found).filter(Q(beginning_0__startswith=key) | has_called & by_called)


BOTH = ("", "preferred_")
"""Before the columns of the legal name and of the 通称."""


def _pair(prefix: str, kind: str, letters: str, instead: str) -> Any:
    return _folded(Concat(f"{prefix}family_{kind}", f"{prefix}given_{kind}"), letters, instead)


def _folded(name: Any, letters: str, instead: str) -> Any:
    """Return the expression of a stored name with its letters changed; the rest of them go."""
    return Func(name, Value(letters), Value(instead), function="translate")
