"""Pairing codes that can be typed with a remote control, and tokens nobody types."""

import hmac
import re
import secrets
import unicodedata
from hashlib import sha256

from django.conf import settings

DIGITS = 8


def new_code() -> str:
    """Return a code of eight digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def grouped(code: str) -> str:
    """Return the code as shown: 1234 5678."""
    return f"{code[:4]} {code[4:]}"


def plain(typed: str) -> str:
    """Return the digits of what was typed, in half width."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", typed))


def new_token() -> str:
    """Return a token of 256 bits."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Return the keyed hash under which a code or token is found."""
    key = f"monitor {settings.SECRET_KEY}".encode()
    return hmac.new(key, secret.encode(), sha256).hexdigest()
