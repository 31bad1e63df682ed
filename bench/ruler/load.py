"""The load generator: many clients over HTTP, in a process of its own.

Standard input: a line with a JSON plan. Every visit belongs to a person: a page with a form is
fetched first (CSRF token, hidden fields); then it says ``ready`` and waits for a line; then the
forms are posted, and only that is timed. Standard output: one JSON line with the seconds, the
latencies and the answers of the posts.
"""

import asyncio
import json
import re
import sys
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
COOKIE = re.compile(r"set-cookie:\s*csrftoken=([^;]+)", re.IGNORECASE)
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
LOCATION = re.compile(r"location:\s*(\S+)", re.IGNORECASE)


class Line:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reader: asyncio.StreamReader | None = None

    async def ask(self, request: bytes) -> tuple[int, str, bytes]:
        """Send a request, return status, headers, body; a closed connection is opened again."""
        for attempt in (1, 2):
            if self.reader is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                self.writer.write(request)
                head = await self.reader.readuntil(b"\r\n\r\n")
                length = LENGTH.search(head)
                body = await self.reader.readexactly(int(length[1])) if length else b""
                return int(head.split(b" ", 2)[1]), head.decode("latin-1"), body
            except (asyncio.IncompleteReadError, ConnectionError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def close(self) -> None:
        """Hang up."""
        if self.reader is not None:
            self.writer.close()
            self.reader = None


@dataclass
class Visit:
    """One person's form: where, whose session, what is filled in."""

    path: str
    session: str
    fields: dict[str, str]
    request: bytes = b""


@dataclass
class Result:
    """What the posts came to."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)


def _head(port: int, method: str, path: str, cookies: str, body: bytes = b"") -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Cookie: {cookies}",
        "Accept-Encoding: gzip",
    ]
    if method == "POST":
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Origin: http://localhost:{port}",
        ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _cookies(visit: Visit, token: str = "") -> str:
    kept = [f"manabiya={visit.session}"] if visit.session else []
    return "; ".join(kept + ([f"csrftoken={token}"] if token else []))


async def _open_form(line: Line, visit: Visit) -> None:
    """Fetch the page and get the post ready to send."""
    status, head, body = await line.ask(_head(line.port, "GET", visit.path, _cookies(visit)))
    cookie = COOKIE.search(head)
    if status != 200 or cookie is None:
        raise RuntimeError(f"no form: {status}")
    page = body.decode()
    hidden = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    data = urlencode({**hidden, **visit.fields}).encode()
    visit.request = _head(line.port, "POST", visit.path, _cookies(visit, cookie[1]), data)


async def _send(line: Line, visit: Visit, result: Result) -> None:
    started = time.perf_counter()
    status, head, _body = await line.ask(visit.request)
    result.latencies.append(time.perf_counter() - started)
    result.statuses.append(status)
    where = LOCATION.search(head)
    result.locations.append(where[1] if where else "")


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Fetch every form, then post all of them over ``clients`` connections as fast as it goes."""
    visits = [Visit(**visit) for visit in plan["visits"]]
    lines = [Line(plan["port"]) for _ in range(plan["clients"])]
    await _all(lines, visits, _open_form)
    print("ready", flush=True)
    sys.stdin.readline()
    result = Result()
    result.seconds = await _all(lines, visits, lambda line, visit: _send(line, visit, result))
    for line in lines:
        line.close()
    return {
        "seconds": result.seconds,
        "latencies": result.latencies,
        "statuses": result.statuses,
        "locations": result.locations,
    }


async def _all(lines: list[Line], visits: list[Visit], act: Any) -> float:
    """Let every connection take the next visit until none is left; return the seconds."""
    left = iter(visits)

    async def client(line: Line) -> None:
        for visit in left:
            await act(line, visit)

    started = time.perf_counter()
    await asyncio.gather(*(client(line) for line in lines))
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.loads(sys.stdin.readline())))))
