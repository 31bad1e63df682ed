"""Which fonts a paper has, and which letters none of them can draw.

Typst gives no warning for a letter without a glyph, so names are asked before they are printed.
BIZ UDPGothic draws the page; IPAmj明朝 (Debian's fonts-ipamj-mincho) draws registered variants.
Without IPAmj明朝 Noto Sans CJK steps in, which lacks most variants.
"""

from collections.abc import Iterator
from functools import cache
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


def letters_without_glyph(text: str) -> list[str]:
    """Return the letters of ``text`` no font draws, each once, a variant with its selector."""
    found: list[str] = []
    for letter, selector in _clusters(text):
        if letter.isspace() or letter + selector in found:
            continue
        if not any(_draws(file, letter, selector) for file in _files()):
            found.append(letter + selector)
    return found


def _draws(file: Path, letter: str, selector: str) -> bool:
    """Return whether a font draws a letter; fonts are read in order, and only as far as needed."""
    if selector:
        return (ord(letter), ord(selector)) in _variants(file)
    return ord(letter) in _points(file)


@cache
def _files() -> tuple[Path, ...]:
    return tuple(file for folder in font_folders() for file in sorted(folder.glob("*.tt[fc]")))


@cache
def _points(file: Path) -> frozenset[int]:
    """Return the code points a font draws."""
    return frozenset(_font(file).getBestCmap() or ())


@cache
def _variants(file: Path) -> frozenset[tuple[int, int]]:
    """Return the (letter, variation selector) pairs a font draws."""
    found: set[tuple[int, int]] = set()
    for table in _font(file)["cmap"].tables:
        if table.format == 14:
            for selector, pairs in table.uvsDict.items():
                found |= {(base, selector) for base, _ in pairs}
    return frozenset(found)


def _font(file: Path) -> TTFont:
    if file.suffix == ".ttc":
        return TTCollection(file, lazy=True).fonts[0]  # type: ignore[no-untyped-call]
    return TTFont(file, lazy=True)


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with the variation selector that follows it, or an empty text."""
    for place, letter in enumerate(text):
        if ord(letter) in SELECTORS:
            continue
        after = text[place + 1 : place + 2]
        yield letter, after if after and ord(after) in SELECTORS else ""
