"""Database addresses from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True)
class DatabaseSettings:
    """What Django and the backup need: ``web`` is a whole DATABASES entry, the others a login."""

    web: dict[str, Any]
    owner: dict[str, str]
    backup: dict[str, str]
    embedded: bool


def database_settings(environ: Mapping[str, str], data_dir: Path) -> DatabaseSettings:
    """Return the settings of DATABASE_URL, DATABASE_OWNER_URL and DATABASE_BACKUP_URL."""
    if "DATABASE_URL" not in environ:
        web = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "manabiya",
            "USER": "manabiya_web",
            "PASSWORD": "",
            "HOST": "",
            "PORT": "",
        }
        return DatabaseSettings(
            web,
            {"USER": "manabiya_owner", "PASSWORD": ""},
            {"USER": "manabiya_backup", "PASSWORD": ""},
            embedded=True,
        )
    web = _parse(environ["DATABASE_URL"])
    owner = _parse(environ.get("DATABASE_OWNER_URL", environ["DATABASE_URL"]))
    backup = _parse(environ.get("DATABASE_BACKUP_URL", environ["DATABASE_URL"]))
    login = ("USER", "PASSWORD")
    return DatabaseSettings(
        web, {k: owner[k] for k in login}, {k: backup[k] for k in login}, embedded=False
    )


def _parse(url: str) -> dict[str, Any]:
    """Return a DATABASES entry; what the query says besides host and port are its OPTIONS."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    found: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": query.get("port", [str(parts.port or "")])[0],
    }
    options = {name: given[0] for name, given in query.items() if name not in ("host", "port")}
    return {**found, "OPTIONS": options} if options else found
