"""How the web server is started: the same words for ``make run``, the benchmarks and the tests."""

import sys
from pathlib import Path

CONNECTIONS = 900
"""Connections a worker holds. granian's ``--backpressure`` counts connections, idle ones included:
a browser keeps its own open between two pages, and whoever comes when all are taken waits until one
ends. Below the usual limit of 1,024 open files of a process."""
IDLE_SECONDS = 15
"""Seconds until a connection on which nothing is asked is ended."""


def web_command(host: str, port: int, *, workers: int = 2, threads: int = 4) -> list[str]:
    """Return the command that serves the house at ``host`` (an address, no name) and ``port``."""
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--backlog", "2048", "--backpressure", str(CONNECTIONS)),
        *("--http1-header-read-timeout", str(IDLE_SECONDS * 1000)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10s", "--no-ws"),
        *("--log-level", "warning", "manabiya.site.wsgi:application"),
    ]
