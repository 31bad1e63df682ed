"""Tell how far a run is beside the transaction that works at it: everybody sees it at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection

from manabiya.apps.imports.models import ImportProgress, ImportRun
from manabiya.apps.imports.progress import Tell

SECONDS_BETWEEN = 0.5
UPDATE = (
    f"UPDATE {ImportProgress._meta.db_table} SET share = %s, words = %s"
    " WHERE municipality_id = %s AND run_id = %s"
)


@contextmanager
def telling(run: ImportRun) -> Iterator[Tell]:
    """Yield a function that notes share and words of ``run`` on a connection of its own.

    The work goes on when they can't be noted. The row was made when the work was deferred, and
    the work itself never touches it, so neither waits for the other.
    """
    line: Any = connection.copy()
    last, stage = float("-inf"), ""

    def tell(share: int, words: str) -> None:
        nonlocal last, stage
        if words.split("(")[0] == stage and time.monotonic() - last < SECONDS_BETWEEN:
            return
        last, stage = time.monotonic(), words.split("(")[0]
        try:
            with line.cursor() as cursor:
                place = str(run.municipality_id)
                cursor.execute("SELECT set_config('app.municipality_id', %s, false)", [place])
                cursor.execute(UPDATE, [share, words[:120], run.municipality_id, run.id])
        except DatabaseError:
            last = float("inf")

    try:
        yield tell
    finally:
        line.close()
