"""The embedded database of the house: started first, and brought back when it ends by itself."""

import sys
from pathlib import Path

from manabiya.kernel.database.errors import DatabaseUnavailable
from manabiya.kernel.database.pgembed import close, is_running, prepare_roles, start


def open_database(folder: Path) -> str:
    """Start the server with its roles; return the folder of its socket."""
    print("組み込みの PostgreSQL を始めます(試し用)", flush=True)
    cluster = start(folder)
    prepare_roles(cluster, database="manabiya")
    return cluster.host


def tend_database(folder: Path) -> None:
    """Bring the server back when it is gone; web answers 503 and the worker waits meanwhile."""
    if is_running(folder):
        return
    print("PostgreSQL が止まりました。もう一度始めます", flush=True)
    try:
        start(folder)
    except DatabaseUnavailable as error:
        print(error, file=sys.stderr, flush=True)
    else:
        print("PostgreSQL が戻りました", flush=True)


def close_database(folder: Path) -> None:
    """Let the server go; it is gone when this returns, unless a command line still uses it."""
    close(folder)
