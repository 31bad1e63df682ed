"""A morning by the clock: every person comes at the second of the plan, however slow the house is.

A process of its own (``python -m ruler.replay``). Standard input: a line with a JSON plan. A visit
opens a page with a form at its second ``at``, thinks for ``think`` seconds, and posts it; whoever
is told that somebody else was there first (409) opens it again and posts ``again``. A screen polls
every ``every`` seconds. It says ``ready`` and waits for a line. Each wait is counted from
the second of the plan, so a queue before the house is part of it. Standard output: one JSON line
with kind → statuses, waits (seconds) and addresses the people were sent on to.
"""

import asyncio
import json
import re
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from ruler.load import COOKIE, LOCATION, Line, Visit, _cookies, _head
from ruler.timed import form_of

TAG = re.compile(r"etag:\s*(\S+)", re.IGNORECASE)


@dataclass
class Answers:
    """What the requests of a kind came to."""

    statuses: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)

    def add(self, status: int, wait: float, location: str = "") -> None:
        """Keep one answer."""
        self.statuses.append(status)
        self.waits.append(wait)
        self.locations.append(location)


class Morning:
    """The plan on the clock: ``started`` is second 0."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.free: list[Line] = []
        self.found: dict[str, Answers] = defaultdict(Answers)
        self.started = time.perf_counter()

    async def until(self, second: float) -> float:
        """Wait for a second of the plan; return the moment it should have been."""
        due = self.started + second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        return due

    async def ask(self, request: bytes) -> tuple[int, str, bytes]:
        """Send a request over a free connection, or over a new one."""
        line = self.free.pop() if self.free else Line(self.port)
        try:
            return await line.ask(request)
        finally:
            self.free.append(line)

    async def visit(self, plan: dict[str, Any]) -> None:
        """Open a form at its second, think, send it."""
        visit = Visit(plan["path"], plan["session"], plan["fields"])
        due = await self.until(plan["at"])
        page, head, body = await self.ask(_head(self.port, "GET", visit.path, _cookies(visit)))
        opened = time.perf_counter()
        self.found[f"{plan['kind']} page"].add(page, opened - due)
        cookie = COOKIE.search(head)
        if page != 200 or cookie is None:
            return
        kept = [pair for pair in form_of(body.decode()) if pair[0] not in visit.fields]
        data = urlencode([*kept, *visit.fields.items()]).encode()
        due = opened + plan["think"]
        await asyncio.sleep(plan["think"])
        request = _head(self.port, "POST", visit.path, _cookies(visit, cookie[1]), data)
        status, head, _body = await self.ask(request)
        where = LOCATION.search(head)
        location = where[1] if where else ""
        self.found[plan["kind"]].add(status, time.perf_counter() - due, location)
        if status == 409:
            now = time.perf_counter() - self.started
            again = {"fields": plan["again"], "at": now + 1, "kind": f"{plan['kind']} again"}
            await self.visit({**plan, **again})

    async def screen(self, plan: dict[str, Any], last: float) -> None:
        """Poll a board from its second ``at`` until the plan ends."""
        tag, second = "", plan["at"]
        while second < last:
            due = await self.until(second)
            head = _head(self.port, "GET", plan["path"], f"manabiya-wall={plan['token']}")
            request = head[:-2] + f"If-None-Match: {tag}\r\n\r\n".encode()
            status, answer, _body = await self.ask(request)
            self.found["poll"].add(status, time.perf_counter() - due)
            found = TAG.search(answer)
            tag, second = (found[1] if found else ""), second + plan["every"]


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Let everybody of the plan come; return what they met."""
    print("ready", flush=True)
    sys.stdin.readline()
    morning = Morning(plan["port"])
    await asyncio.gather(
        *(morning.visit(one) for one in plan["visits"]),
        *(morning.screen(one, plan["seconds"]) for one in plan["screens"]),
    )
    seconds = time.perf_counter() - morning.started
    for line in morning.free:
        line.close()
    return {"seconds": seconds, "kinds": {k: vars(a) for k, a in morning.found.items()}}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.loads(sys.stdin.readline())))))
