"""Limits that hold with several processes: each count is one atomic statement in the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from manabiya.kernel.identity.models import Throttle

HIT = """
INSERT INTO identity_throttle AS t (key, count, window_ends_at)
VALUES (%(key)s, 1, clock_timestamp() + %(window)s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN t.window_ends_at <= clock_timestamp() THEN 1 ELSE t.count + 1 END,
  window_ends_at = CASE WHEN t.window_ends_at <= clock_timestamp()
                   THEN clock_timestamp() + %(window)s ELSE t.window_ends_at END
RETURNING count, window_ends_at
"""
LOOK = (
    "SELECT count, window_ends_at FROM identity_throttle"
    " WHERE key = %s AND window_ends_at > clock_timestamp()"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` attempts within ``window``."""

    name: str
    count: int
    window: timedelta

    def hit(self, subject: str) -> int:
        """Count an attempt of ``subject``; return how many there were in this window."""
        with connection.cursor() as cursor:
            arguments: Any = {"key": self._key(subject), "window": self.window}
            cursor.execute(HIT, arguments)
            count: int = cursor.fetchone()[0]
            return count

    def locked_until(self, subject: str) -> datetime | None:
        """Return until when ``subject`` is locked out, None when it may try."""
        with connection.cursor() as cursor:
            cursor.execute(LOOK, [self._key(subject)])
            row = cursor.fetchone()
        return row[1] if row is not None and row[0] >= self.count else None

    def forget(self, subject: str) -> None:
        """Start from nothing, after a success."""
        Throttle.objects.filter(key=self._key(subject)).delete()

    def _key(self, subject: str) -> str:
        return f"{self.name}:{subject}"[:120]


LOGIN_FAILURES = Limit("login", 10, timedelta(minutes=15))
LOGIN_FAILURES_OF_ADDRESS = Limit("login-address", 300, timedelta(minutes=15))
SECOND_FACTOR_FAILURES = Limit("second-factor", 10, timedelta(minutes=15))
