"""Codes of papers and login names that can be read aloud."""

import re
import secrets
import unicodedata

from manabiya.kernel.identity.one_time_links import keyed_hash

LETTERS = "234679ACDEFHJKLMNPRTUVWXY"
WORDS = [
    "momiji",
    "sakura",
    "tanpopo",
    "himawari",
    "suzuran",
    "kikyo",
    "tsubaki",
    "ajisai",
    "nazuna",
    "sumire",
    "hotaru",
    "tsubame",
    "kitsune",
    "tanuki",
    "usagi",
    "risu",
    "mozu",
    "hibari",
    "kamome",
    "iruka",
    "kujira",
    "minato",
    "kawara",
    "sazanami",
    "komorebi",
    "akatsuki",
    "yuyake",
    "niji",
    "konayuki",
    "shirakaba",
    "karamatsu",
    "donguri",
    "kurumi",
    "ringo",
    "budo",
    "mikan",
]


def new_code() -> str:
    """Return a code of twelve unambiguous letters (55 bits)."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


def grouped(code: str) -> str:
    """Return the code as printed: 7KQ2-M4XD-PH9R."""
    return "-".join(code[i : i + 4] for i in range(0, 12, 4))


def plain(typed: str) -> str:
    """Return a typed code without hyphens and spaces, in capitals and half width."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper())


def code_hash(code: str) -> str:
    """Return the keyed hash under which a code is found."""
    return keyed_hash(plain(code))


def new_login_name() -> str:
    """Return a short login name: two words and two digits (``momiji-usagi-42``)."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(90) + 10}"
