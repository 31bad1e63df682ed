"""How far a further language is checked: every entry of its catalogue carries a mark above it.

``# 未確認`` or ``# 確認済 <who> YYYY-MM-DD``, directly above the entry, before ``#, python-format``.
The catalogues are read once a process, when the first page or command asks.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from manabiya.kernel.registry import registry
from manabiya.kernel.ui.translations import PLACEHOLDER, Missing, family_texts, joined

ENTRY = re.compile(
    r'^((?:#.*\n)*)msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', re.MULTILINE
)  # head, text, translation
UNCHECKED = "# 未確認"
CHECKED = re.compile(r"# 確認済 \S.* (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class LanguageStanding:
    """How many of the texts families read (``total``) are checked, unchecked, not translated."""

    total: int
    checked: int
    unchecked: int
    missing: int

    @property
    def is_checked(self) -> bool:
        """Return whether somebody has checked every text."""
        return self.total > 0 and self.checked == self.total


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a catalogue with the comment lines above it."""

    text: str
    translation: str
    comments: tuple[str, ...]

    @property
    def fault(self) -> str:
        """Return what is wrong with mark or translation; empty when nothing is."""
        above = [line for line in self.comments if not line.startswith("#,")]
        if any("fuzzy" in line for line in self.comments):
            return "fuzzy の訳は使われません"
        if not above:
            return "確認の印がありません"
        if len([line for line in above if _is_mark(line)]) > 1:
            return "確認の印が二つあります"
        if not _is_mark(above[-1]):
            return "確認の印が読めません"
        if sorted(PLACEHOLDER.findall(self.text)) != sorted(PLACEHOLDER.findall(self.translation)):
            return "差しこみの名前がちがいます"
        return ""

    @property
    def is_checked(self) -> bool:
        """Return whether somebody checked the entry as it stands."""
        return not self.fault and UNCHECKED not in self.comments


def _is_mark(line: str) -> bool:
    if line == UNCHECKED:
        return True
    checked = CHECKED.fullmatch(line)
    if checked is None:
        return False
    try:
        date.fromisoformat(checked[1])
    except ValueError:
        return False
    return True


def entries(root: Path, language: str) -> Iterator[Entry]:
    """Yield the entries of every catalogue of a language below ``root``, the heads left out."""
    for file in sorted(root.glob(f"**/locale/{language}/LC_MESSAGES/django.po")):
        for comments, text, translation in ENTRY.findall(file.read_text()):
            if joined(text):
                yield Entry(joined(text), joined(translation), tuple(comments.splitlines()))


def faults(root: Path, language: str) -> list[Missing]:
    """Return the entries whose mark is not there or can't be read, or whose translation misfits."""
    return [
        Missing(language, entry.text, entry.fault)
        for entry in entries(root, language)
        if entry.translation and entry.fault
    ]


def standing(root: Path, language: str, texts: Collection[str]) -> LanguageStanding:
    """Return how far ``texts`` are checked in a language; a mark that can't be read: unchecked."""
    found = {entry.text: entry for entry in entries(root, language) if entry.translation}
    mine = [found[text] for text in texts if text in found]
    checked = sum(entry.is_checked for entry in mine)
    return LanguageStanding(len(texts), checked, len(mine) - checked, len(texts) - len(mine))


@cache
def standing_of(language: str) -> LanguageStanding:
    """Return the standing of a language of this installation, read once a process."""
    root = settings.BASE_DIR / "manabiya"
    return standing(root, language, family_texts(root, registry.family_files))
