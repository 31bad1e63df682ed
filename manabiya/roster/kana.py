"""Keys derived from kana for sorting and prefix search; stored names are never changed."""

from manabiya.law import kana


def sort_text(family_kana: str, given_kana: str) -> str:
    """Return a text whose byte order is 五十音順 (清濁・大小 after the base letters)."""
    return "\u0001".join(_flat(part) for part in kana.sort_key(family_kana, given_kana))


def _flat(part: object) -> str:
    if isinstance(part, (tuple, list)):
        return "\u0002".join(_flat(item) for item in part)
    if isinstance(part, int):
        return chr(0x30 + part)
    return str(part)


def search_text(typed: str) -> str:
    """Return ``typed`` as full-width hiragana without spaces, for prefix search."""
    return kana.to_hiragana(kana.to_full_width(typed)).replace(" ", "").replace("\u3000", "")
