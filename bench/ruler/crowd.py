"""Many people at once: runs the load generator as a process of its own beside the server."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import machine
from .figures import percentile

GENERATOR = Path(__file__).with_name("load.py")


@dataclass(frozen=True, slots=True)
class Rush:
    """What the posts of one rush came to."""

    seconds: float
    latencies: list[float]
    statuses: list[int]
    locations: list[str]
    watch: machine.Watch

    def accepted(self, part: str) -> list[str]:
        """Return the addresses people were sent on to that hold ``part``."""
        pairs = zip(self.statuses, self.locations, strict=True)
        return [where for status, where in pairs if status == 302 and part in where]

    def p95_ms(self) -> float:
        """Return how long 95 of 100 waited at most."""
        return percentile(self.latencies, 95) * 1000


def rush(port: int, visits: list[dict[str, Any]], *, clients: int, **trees: int) -> Rush:
    """Fetch a form per visit, then post them all over ``clients`` connections; watch ``trees``."""
    generator = subprocess.Popen(
        [sys.executable, str(GENERATOR)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with generator:
        assert generator.stdin is not None
        assert generator.stdout is not None
        plan = {"port": port, "clients": clients, "visits": visits}
        generator.stdin.write(json.dumps(plan) + "\n")
        generator.stdin.flush()
        if generator.stdout.readline() != "ready\n":
            raise RuntimeError("the load generator found no form to send")
        watch = machine.Watch(**trees)
        generator.stdin.write("go\n")
        generator.stdin.flush()
        found = json.loads(generator.stdout.readline())
        watch.stop()
    return Rush(**found, watch=watch)
