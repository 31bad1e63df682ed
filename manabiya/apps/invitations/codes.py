"""Codes of papers and login names that can be read aloud."""

import hmac
import re
import secrets
import unicodedata
from hashlib import sha256

from django.conf import settings

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
    return hmac.new(settings.SECRET_KEY.encode(), plain(code).encode(), sha256).hexdigest()


def new_login_name() -> str:
    """Return a short login name: two words and two digits (``momiji-usagi-42``)."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(90) + 10}"
