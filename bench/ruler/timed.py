"""How long one person waits: requests over a kept-alive connection to the running web server."""

import http.client
import re
import time
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from .figures import Figure, median, percentile, plain, told

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Visitor:
    """One person with a session and a browser that keeps its connection."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.line = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = {"manabiya": session}

    def get(self, path: str) -> str:
        """Fetch a page that must be there."""
        status, page = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        return page

    def post(self, path: str, fields: list[tuple[str, str]]) -> int:
        """Post a form; return the status."""
        return self._ask("POST", path, urlencode(fields))[0]

    def times_ms(self, path: str, count: int) -> list[float]:
        """Return how long ``count`` fetches of a page took, after a few that warm up."""
        for _ in range(5):
            self.get(path)
        found = []
        for _ in range(count):
            started = time.perf_counter()
            self.get(path)
            found.append((time.perf_counter() - started) * 1000)
        return found

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://localhost:{self.port}"
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        page = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                given = SimpleCookie(value)
                self.cookies |= {key: morsel.coded_value for key, morsel in given.items()}
        return answer.status, page


def form_of(page: str) -> list[tuple[str, str]]:
    """Return what the page's form sends when nothing is touched: hidden and chosen fields."""
    chosen = re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)"[^>]* checked', page)
    hidden = [(name, unescape(value)) for name, value in HIDDEN.findall(page)]
    return hidden + [(name, unescape(value)) for name, value in chosen]


def wait(what: str, times: list[float]) -> Figure:
    """Return median and 95th percentile as a figure nobody set a goal for."""
    return told(
        f"{what} 待ち時間",
        f"中央値 {plain(round(median(times), 1))} ms、p95 {plain(round(percentile(times, 95), 1))} ms"
        f"({len(times)}回)",
    )
