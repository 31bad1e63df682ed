import os
import signal
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from tests.tinyapp.models import TinyEffect


def leave_effect(keys: dict[str, str]) -> None:
    """Leave one row; on request of a test, kill the worker before or after."""
    _perhaps_die("before", keys["subject"])
    TinyEffect.objects.create(subject=UUID(keys["subject"]), date=date.fromisoformat(keys["date"]))
    _perhaps_die("after", keys["subject"])
    transaction.on_commit(lambda: _perhaps_die("committed", keys["subject"]))


def _perhaps_die(place: str, subject: str) -> None:
    """End the process with -9 when a file asks for it at this place; the file is taken away."""
    folder = os.environ.get("TINYAPP_DEATHS")
    if folder is None:
        return
    try:
        (Path(folder) / f"{place}-{subject}").unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
