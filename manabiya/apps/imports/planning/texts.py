"""Texts that mean the same although they are written differently; for comparison only."""

import re
import unicodedata
from datetime import date

from manabiya.law.names import SELECTORS

HYPHENS = re.compile(r"[‐‑‒–—―−ー-]")
VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱邉邊齋齊斎澤栁廣嶋嶌冨國桒眞惠龍瀧櫻壽德曾", "高崎吉浜浜辺辺斉斉斉沢柳広島島富国桑真恵竜滝桜寿徳曽"
)  # fmt: skip


def plain_address(text: str) -> str:
    """Return an address without differences of width, spaces and hyphens."""
    return HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).replace(" ", "")


def same_address(one: str, other: str) -> bool:
    """Tell whether two texts are one address."""
    return one == other or plain_address(one) == plain_address(other)


def plain_name(text: str) -> str:
    """Return a name without spaces and common variants of letters, to be strict in refusing."""
    bare = "".join(c for c in text if not any(ord(c) in block for block in SELECTORS))
    return unicodedata.normalize("NFKC", bare).replace(" ", "").translate(VARIANTS)


def in_words(day: date) -> str:
    """Return a date as the screen shows it: 2026年11月20日."""
    return f"{day.year}年{day.month}月{day.day}日"
