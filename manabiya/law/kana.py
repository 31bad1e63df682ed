"""Kana: order of the Japanese syllabary 「五十音順」 and conversions of width and script.

Legal names are never changed by anything here: these functions make keys and readings, and
compatibility ideographs that stray in stay as they are.
The order follows JIS X 4061 in its essentials: base letters first, then 清 < 濁 < 半濁, then
小 < 大; the family name 「姓」 before the given name 「名」.
"""

import unicodedata
from collections.abc import Iterable

from manabiya.law.names import normalize_keeping_ideographs
from manabiya.law.sources import Confidence, Rule, example, rule
from manabiya.law.statutes import COLLATION_STANDARD, PRODUCT

VOICED = "\u3099"
HALF_VOICED = "\u309a"
LONG = "ー"
REPEATED = "ゝヽ"
SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
VOWELS = {
    vowel: set(letters)
    for vowel, letters in {
        "あ": "あかさたなはまやらわ",
        "い": "いきしちにひみりゐ",
        "う": "うくすつぬふむゆる",
        "え": "えけせてねへめれゑ",
        "お": "おこそとのほもよろを",
    }.items()
}
IGNORED = set(" \u3000・･=＝-‐")

SortKey = tuple[tuple[str, str, str], tuple[str, str, str]]


WIDE_OF_HALF = {chr(c): unicodedata.normalize("NFKC", chr(c)) for c in range(0xFF61, 0xFFA0)}
HALF_OF_WIDE = {wide: half for half, wide in WIDE_OF_HALF.items()}


def to_hiragana(text: str) -> str:
    """Return ``text`` with full-width katakana as hiragana; ー and all else stay."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def to_katakana(text: str) -> str:
    """Return ``text`` with hiragana as full-width katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


@rule(
    Rule(
        term="半角カナ",
        also=("全角", "半角"),
        summary="ふりがなの半角カナは全角にし、濁点を前の字と合わせます。英数字は半角になります。紛れ込んだ"
        "漢字は変えません。",
        sources=(PRODUCT.article("入力の文字種", confidence=Confidence.LOW),),
        words={"text": "ふりがな"},
        examples=(
            example("ガッコウ", text="ｶﾞｯｺｳ"),
            example("\ufa19ガ", text="\ufa19ｶﾞ"),
        ),
    )
)
def to_full_width(text: str) -> str:
    """Return a reading with half-width kana widened and joined to their marks (ｶﾞ → ガ).

    Letters and digits become half-width (NFKC); ideographs are left alone.
    """
    return normalize_keeping_ideographs(text, "NFKC")


def sort_key(family_kana: str, given_kana: str) -> SortKey:
    """Return the key of 「五十音順」: 姓 first, then 名; each (base, marks, sizes).

    オオノ < オノ, キョウコ < キヨコ, サトウ < サドウ < サトー, ハハ < ハバ < ババ < パパ. JIS X 4061:1996
    in its essentials (confidence M). Equal keys are ordered by birth date, then id, outside.
    """
    return _key(family_kana), _key(given_kana)


def to_half_width(text: str) -> str:
    """Return a reading with full-width katakana halved (ガ → ｶﾞ); what has no half form stays."""
    return "".join(map(_halved, text))


def _halved(letter: str) -> str:
    halves = [HALF_OF_WIDE.get(part, "") for part in unicodedata.normalize("NFD", letter)]
    return "".join(halves) if all(halves) else letter


ORDERED = (
    "オオノ",
    "オノ",
    "キョウコ",
    "キヨコ",
    "サトウ",
    "サドウ",
    "サトー",
    "ハハ",
    "ハバ",
    "ババ",
    "パパ",
)


@rule(
    Rule(
        term="五十音順",
        also=("並び順", "出席番号の順"),
        summary="漢字ではなくふりがなで、姓、名の順に並べます。まず清濁・大小を除いた文字の並び、次に清音・"
        "濁音・半濁音、最後に小書き・大書きで比べます。長音は前の字の母音とみなします。同じときは生年月日、"
        "番号の順とします。",
        sources=(
            COLLATION_STANDARD.article("(要点)", confidence=Confidence.MEDIUM),
            PRODUCT.article("姓を先に比べる", confidence=Confidence.LOW),
        ),
        words={"readings": "姓と名のふりがな"},
        examples=(
            example(
                [(family, "アイ") for family in ORDERED],
                readings=[(family, "アイ") for family in reversed(ORDERED)],
            ),
            example(
                [("ハラ", "ミカ"), ("ハラダ", "アイ")],
                readings=[("ハラダ", "アイ"), ("ハラ", "ミカ")],
            ),
        ),
    )
)
def in_syllabary_order(readings: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return readings (姓, 名) in the order of the syllabary 「五十音順」; equal ones keep theirs."""
    return sorted(readings, key=lambda reading: sort_key(*reading))


def _key(reading: str) -> tuple[str, str, str]:
    base: list[str] = []
    marks: list[str] = []
    sizes: list[str] = []
    for letter in to_hiragana(unicodedata.normalize("NFD", to_full_width(reading))):
        if letter in IGNORED:
            continue
        if letter in (VOICED, HALF_VOICED):
            marks[-1:] = ["1" if letter == VOICED else "2"] if marks else []
            continue
        base.append(_base(letter, base))
        marks.append("0")
        sizes.append("0" if letter in SMALL else "1")
    return "".join(base), "".join(marks), "".join(sizes)


def _base(letter: str, before: list[str]) -> str:
    if letter == LONG and before:
        return next((vowel for vowel, group in VOWELS.items() if before[-1] in group), before[-1])
    if letter in REPEATED and before:
        return before[-1]
    return SMALL.get(letter, letter)
