"""A connection of its own in the name of another role than the application's."""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connections

PLAIN = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout")


def connect_as(login: Mapping[str, str]) -> psycopg.Connection[Any]:
    """Connect to the application's database as ``login`` (USER and PASSWORD)."""
    place = connections["default"].settings_dict
    options: dict[str, Any] = {
        name: value for name, value in place["OPTIONS"].items() if name in PLAIN
    }
    return psycopg.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        dbname=place["NAME"],
        user=login["USER"],
        password=login["PASSWORD"] or None,
        **options,
    )
