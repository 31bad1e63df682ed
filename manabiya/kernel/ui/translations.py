"""Translations: which texts families read, and whether each has its English and plain Japanese.

Catalogues are gettext files, ``locale/<language>/LC_MESSAGES/django.po`` in each app. Families
read the templates that stand on ``ui/phone.html``, what these include, and the texts marked in
the Python files their apps name (``Contributions.family_texts``).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "ja_Simple")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
INCLUDE = re.compile(r"""\{%\s*include\s+["']([^"']+)["']""")
MARKED = re.compile(r"""\b_\(\s*((?:"[^"]*"\s*)+)\)""")
ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Missing:
    """A text without translation, or with other placeholders."""

    language: str
    text: str
    reason: str


def family_texts(root: Path, code: Iterable[Path] = ()) -> set[str]:
    """Return every text families may read: of templates below ``root`` and of ``code`` files."""
    files = {
        str(file).split("/templates/", 1)[1]: file.read_text()
        for file in root.glob("**/templates/**/*.html")
    }
    names = {
        name for name, text in files.items() if '"ui/phone.html"' in text or "ui/errors/" in name
    } | {
        "ui/base.html",
        "ui/phone.html",
        "ui/plain.html",
        "identity/login.html",
        "identity/home.html",
    }
    while more := {n for name in names for n in INCLUDE.findall(files[name])} - names:
        names |= more
    texts = {text for name in names for text in template_texts(files[name])}
    for file in code:
        texts |= set(code_texts(file.read_text()))
    return texts


def template_texts(text: str) -> Iterator[str]:
    """Yield the translatable texts of a template as gettext sees them."""
    for double, single in TRANSLATE.findall(text):
        yield double or single
    for block in BLOCK.findall(text):
        yield VARIABLE.sub(r"%(\1)s", block)


def code_texts(text: str) -> Iterator[str]:
    """Yield the texts marked with ``_()`` in Python."""
    for literal in MARKED.findall(text):
        yield "".join(re.findall(r'"([^"]*)"', literal))


def catalogue(root: Path, language: str) -> dict[str, str]:
    """Return all translations of a language."""
    found: dict[str, str] = {}
    for file in sorted(root.glob(f"**/locale/{language}/LC_MESSAGES/django.po")):
        for source, target in ENTRY.findall(file.read_text()):
            found[joined(source)] = joined(target)
    return found


def joined(lines: str) -> str:
    """Return the text of the quoted lines of a catalogue."""
    parts = re.findall(r'"(.*)"', lines)
    return "".join(parts).replace('\\"', '"').replace("\\n", "\n")


def missing(root: Path, code: Iterable[Path] = ()) -> list[Missing]:
    """Return what families would read untranslated."""
    texts = family_texts(root, code)
    found = []
    for language in LANGUAGES:
        entries = catalogue(root, language)
        for text in sorted(texts):
            if not entries.get(text):
                found.append(Missing(language, text, "訳がありません"))
            elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(entries[text])):
                found.append(Missing(language, text, "差しこみの名前がちがいます"))
    return found
