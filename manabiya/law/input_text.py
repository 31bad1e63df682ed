"""Typed input: what people and other systems send, brought into the form that is stored.

For phone numbers, postal codes and free text; a legal name 「氏名」 is only looked at, never changed
(``law.names``). All of it is a product default (2026-04-01, confidence L).
"""

import re
import unicodedata

from manabiya.law.names import normalize_keeping_ideographs
from manabiya.law.sources import Confidence, Refused, Rule, example, rule
from manabiya.law.statutes import PRODUCT

WAVE_DASH = "\u301c"
FULL_WIDTH_TILDE = "\uff5e"
HYPHENS = re.compile(r"[‐‑‒–—―−ー－]")
PHONE = re.compile(r"0\d{1,4}-?\d{1,4}-?\d{3,4}")
SOURCES = (PRODUCT.article("入力の文字種", confidence=Confidence.LOW),)


def tidy(text: str) -> str:
    """Return free text trimmed, with one kind of wave dash (U+301C); letters stay as typed.

    Raises ValueError for control characters other than tab and line end.
    """
    if any(unicodedata.category(c) == "Cc" and c not in "\t\n\r" for c in text):
        raise ValueError("使えない制御文字があります")
    return text.strip().replace(FULL_WIDTH_TILDE, WAVE_DASH)


@rule(
    Rule(
        term="郵便番号",
        summary="全角・半角、ハイフンの有無を問わず読み、7桁の数字で持ちます。",
        sources=SOURCES,
        words={"text": "入力"},
        examples=(
            example("0700035", text="〒０７０－００３５"),
            example("0700035", text="070-0035"),
            example(Refused("7桁"), text="070-003"),
        ),
    )
)
def postal_code(text: str) -> str:
    """Return seven digits; full width, 〒 and hyphens are read. ValueError otherwise."""
    digits = _half_width(text).removeprefix("〒").replace("-", "").strip()
    if not re.fullmatch(r"\d{7}", digits, re.ASCII):
        raise ValueError("郵便番号は7桁の数字です(例 070-0035)")
    return digits


@rule(
    Rule(
        term="電話番号",
        summary="全角・半角を問わず読み、数字とハイフンで持ちます。0で始まる10桁か11桁です。",
        sources=SOURCES,
        words={"text": "入力"},
        examples=(
            example("0166-00-0000", text="０１６６−００−００００"),
            example("09000000000", text="090 0000 0000"),
            example(Refused("10桁か11桁"), text="0166-00"),
        ),
    )
)
def phone_number(text: str) -> str:
    """Return digits and hyphens as typed; ValueError unless 10 or 11 digits from 0."""
    found = _half_width(text).replace(" ", "")
    if not PHONE.fullmatch(found) or len(found.replace("-", "")) not in (10, 11):
        raise ValueError("電話番号は0で始まる10桁か11桁の数字です(例 0166-00-0000)")
    return found


def _half_width(text: str) -> str:
    return HYPHENS.sub("-", normalize_keeping_ideographs(text, "NFKC"))
