"""Which fonts a paper has, and which letters none of them can draw.

Typst gives no warning for a letter without a glyph, so names are asked before they are printed.
BIZ UDPGothic draws the page; IPAmj明朝 (Debian's fonts-ipamj-mincho) draws registered variants.
Without IPAmj明朝 Noto Sans CJK steps in, which lacks most variants.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

OURS = Path(__file__).parent / "fonts"
MOJIKIBAN = (
    Path("/usr/share/fonts/truetype/ipamj"),
    Path("/usr/share/fonts/opentype/ipamj-mincho"),
)
NOTO = Path("/usr/share/fonts/opentype/noto")
SELECTORS = range(0xE0100, 0xE01F0)


def font_folders() -> list[Path]:
    """Return the folders of the fonts, the page's own first."""
    found = [folder for folder in MOJIKIBAN if folder.is_dir()]
    return [OURS, *(found or [folder for folder in (NOTO,) if folder.is_dir()])]


@lru_cache(maxsize=1)
def _coverage() -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Return the drawable code points, and the drawable (letter, variation selector) pairs."""
    points: set[int] = set()
    variants: set[tuple[int, int]] = set()
    for font in _fonts():
        for table in font["cmap"].tables:
            if table.format == 14:
                for selector, pairs in table.uvsDict.items():
                    variants |= {(base, selector) for base, _ in pairs}
            elif table.isUnicode():
                points |= table.cmap.keys()
    return frozenset(points), frozenset(variants)


def _fonts() -> Iterator[TTFont]:
    for folder in font_folders():
        for file in sorted(folder.glob("*.tt[fc]")):
            if file.suffix == ".ttc":
                yield TTCollection(file, lazy=True).fonts[0]  # type: ignore[no-untyped-call]
            else:
                yield TTFont(file, lazy=True)


def letters_without_glyph(text: str) -> list[str]:
    """Return the letters of ``text`` no font draws, each once, a variant with its selector."""
    points, variants = _coverage()
    found: list[str] = []
    for letter, selector in _clusters(text):
        base = ord(letter)
        drawn = (base, ord(selector)) in variants if selector else base in points
        if not drawn and not letter.isspace() and letter + selector not in found:
            found.append(letter + selector)
    return found


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with the variation selector that follows it, or an empty text."""
    for place, letter in enumerate(text):
        if ord(letter) in SELECTORS:
            continue
        after = text[place + 1 : place + 2]
        yield letter, after if after and ord(after) in SELECTORS else ""
