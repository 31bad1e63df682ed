"""Names: what a legal name 「氏名」 is made of, and what other character sets cannot hold.

A stored name is never normalised. NFC turns CJK compatibility ideographs into unified ones and
loses the variant (U+FA19 神 → U+795E 神); a variation selector 「IVS」 belongs to the letter before
it. Functions here look at names or make copies for an export, and say what they had to replace.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import (
    DISPLAY_CHARACTERS,
    IDEOGRAPHIC_VARIATION,
    PRODUCT,
    UNICODE_NORMALIZATION,
)

GETA = "〓"
COMPATIBILITY_IDEOGRAPHS = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
NO_SUBSTITUTES: Mapping[str, str] = MappingProxyType({})
CP932_CHANGES = "¢£¬‖−〜"
"""Six characters CP932 holds but gives back as others (¢ → ￠, 〜 → ～ …); they look alike."""


def is_compatibility_ideograph(letter: str) -> bool:
    """Tell whether NFC or NFKC could replace ``letter`` 「互換漢字」 by another ideograph."""
    return any(ord(letter) in block for block in COMPATIBILITY_IDEOGRAPHS)


def normalize_keeping_ideographs(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """Return ``text`` normalised except for compatibility ideographs, which stay as they are.

    For readings, search keys and comparison only; a stored name is never normalised.
    """
    done: list[str] = []
    run = ""
    for letter in text:
        if is_compatibility_ideograph(letter):
            done += [unicodedata.normalize(form, run), letter]
            run = ""
        else:
            run += letter
    return "".join([*done, unicodedata.normalize(form, run)])


@rule(
    Rule(
        term="互換漢字",
        also=("正規化", "氏名の文字"),
        summary="氏名は正規化せずにそのまま持ちます。正規化すると神(U+FA19)のような互換漢字が別の字になり、"
        "元へ戻せないためです。どの字が失われるかを示します。",
        sources=(UNICODE_NORMALIZATION.article(),),
        words={"text": "氏名"},
        names={"\ufa19田": "\ufa19田(1字目はU+FA19)", "\ufa19": "U+FA19(NFCではU+795Eになる)"},
        examples=(
            example(["\ufa19"], text="\ufa19田"),
            example([], text="\ufa11田"),
        ),
    )
)
def lost_by_nfc(text: str) -> list[str]:
    """Return the letters NFC would replace by other ideographs, each once, in order."""
    suspects = filter(is_compatibility_ideograph, text)
    return list(dict.fromkeys(c for c in suspects if unicodedata.normalize("NFC", c) != c))


@rule(
    Rule(
        term="異体字セレクタ",
        unit="字",
        also=("IVS", "字数"),
        summary="異体字を選ぶ符号は、前の漢字と合わせて1字と数えます。濁点などの結合文字も同じです。",
        sources=(IDEOGRAPHIC_VARIATION.article(confidence=Confidence.MEDIUM),),
        words={"text": "氏名"},
        examples=(example(2, text="葛\U000e0100城"), example(2, text="山田"), example(0, text="")),
    )
)
def length(text: str) -> int:
    """Return how many letters a reader sees: 「葛󠄀城」 is 2."""
    return sum(1 for _ in letters(text))


def letters(text: str) -> Iterator[str]:
    """Yield the letters of a name, each with its selectors and combining marks."""
    held = ""
    for letter in text:
        if held and _belongs_to_the_letter_before(letter):
            held += letter
            continue
        if held:
            yield held
        held = letter
    if held:
        yield held


def _belongs_to_the_letter_before(letter: str) -> bool:
    is_selector = any(ord(letter) in block for block in SELECTORS)
    return is_selector or unicodedata.combining(letter) > 0


@rule(
    Rule(
        term="CP932で書けない文字",
        also=("機種依存文字", "外字", "代替名"),
        summary="Windowsの文字コードCP932で書けない文字です。髙・﨑・栁・濵は書けます。𠮷や異体字セレクタの付いた"
        "字は書けないため、代替の字か〓に置き換え、置き換えた字を必ず一覧で示します。",
        sources=(PRODUCT.article("CP932での書き出し(実際に変換して確認)"),),
        words={"text": "氏名"},
        examples=(
            example(["𠮷"], text="𠮷田"),
            example([], text="髙﨑栁濵"),
            example(["葛\U000e0100"], text="葛\U000e0100城"),
        ),
    )
)
def cp932_gaps(text: str) -> list[str]:
    """Return the letters CP932 cannot hold, each once, in order; a letter with IVS is one."""
    return _gaps(text, "cp932")


def cp932_changes(text: str) -> list[str]:
    """Return the letters CP932 holds but gives back as another that looks alike (〜 → ～)."""
    return list(dict.fromkeys(letter for letter in text if letter in CP932_CHANGES))


@rule(
    Rule(
        term="画面表示の文字",
        also=("JIS X 0213", "表示名"),
        summary="画面や帳票に出す表示名はJIS X 0213の範囲とします。その外の字を示します。",
        sources=(
            DISPLAY_CHARACTERS.article(),
            PRODUCT.article("表示名の範囲", confidence=Confidence.MEDIUM),
        ),
        words={"text": "氏名"},
        examples=(
            example([], text="山﨑"),
            example(["髙"], text="髙田"),
            example(["𠮷"], text="𠮷田"),
            example(["葛\U000e0100"], text="葛\U000e0100城"),
        ),
    )
)
def display_gaps(text: str) -> list[str]:
    """Return the letters outside JIS X 0213 「表示名」, each once, in order."""
    return _gaps(text, "euc_jis_2004")


@dataclass(frozen=True, slots=True)
class Export:
    """A text made for an export, and the letters that were replaced in it."""

    text: str
    replaced: tuple[str, ...]


def for_cp932(text: str, substitutes: Mapping[str, str] = NO_SUBSTITUTES) -> Export:
    """Return ``text`` with each gap as its substitute 「代替」 or 〓, and the list of gaps.

    Raises ValueError for a substitute CP932 cannot hold either: nothing is dropped silently.
    """
    unfit = [new for new in substitutes.values() if _gaps(new, "cp932")]
    if unfit:
        raise ValueError(f"代替の字がCP932で書けません: {'、'.join(unfit)}")
    gaps = cp932_gaps(text)
    written = (substitutes.get(c, GETA) if c in gaps else c for c in letters(text))
    return Export("".join(written), tuple(gaps))


def _gaps(text: str, codec: str) -> list[str]:
    return list(dict.fromkeys(c for c in letters(text) if not _holds(c, codec)))


def _holds(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
