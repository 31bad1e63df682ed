"""What a phone or a school's line carries at the first visit: styles and scripts, gzipped.

A real browser with an empty cache opens each page as its person; what the server really sent is
counted. Fonts come in slices for the letters on the page, cached for good: shown apart.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from ruler import city
from ruler.figures import judged, say, told
from ruler.house import BUILT_FOR, house, web

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
COUNTED = ("stylesheet", "script")


@dataclass
class Load:
    """What one first visit fetched: bytes and answers by kind, and the encodings of the code."""

    bytes: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    encodings: set[str] = field(default_factory=set)

    def code_kilobytes(self) -> float:
        """Return styles and scripts as they came over the line."""
        return sum(self.bytes[kind] for kind in COUNTED) / 1024


def visit(browser: Browser, address: str, session: str, port: int) -> Load:
    """Open a page in a fresh browser profile; return what it fetched."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    if session:
        cookie: Any = {"name": "manabiya", "value": session, "url": f"http://localhost:{port}"}
        context.add_cookies([cookie])
    page: Page = context.new_page()
    seen: list[Any] = []
    page.on("requestfinished", lambda request: seen.append(request))
    answer = page.goto(f"http://localhost:{port}{address}", wait_until="networkidle")
    if (
        answer is None
        or answer.status != 200
        or page.url.split("?")[0].endswith("/login/") == bool(session)
    ):
        raise RuntimeError(f"{address}: not the page itself but {page.url}")
    found = Load()
    for request in seen:
        response = request.response()
        found.bytes[request.resource_type] += request.sizes()["responseBodySize"]
        found.answers[request.resource_type] += 1
        if request.resource_type in COUNTED:
            found.encodings.add(response.headers.get("content-encoding", "unpacked"))
    context.close()
    return found


def pages() -> dict[str, tuple[str, str]]:
    """Return the pages to open: address and session by name."""
    base = f"/m/{city.SLUG}"
    slug = city.build((35,))[0]
    room = city.homerooms(slug)[35]
    city.report_some(room)
    family = city.log_in_families()[0]
    teacher = city.staff_session("homeroom_teacher", slug, room)
    return {
        "ログイン": ("/login/", ""),
        "保護者のホーム": (f"{base}/family/", family.session),
        "学級の出欠": (f"{base}/school/{slug}/attendance/class/{room}/{BUILT_FOR}/", teacher),
        "教育委員会の出欠": (f"{base}/board/attendance/", city.board_session()),
    }


def main() -> None:
    """Measure and print."""
    with house() as home:
        found = pages()
        with web(home) as served, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            loads = {
                name: visit(browser, address, session, served.port)
                for name, (address, session) in found.items()
            }
            browser.close()
    for name, load in loads.items():
        parts = "、".join(
            f"{word} {load.bytes[kind] / 1024:.1f} KB"
            for kind, word in zip(COUNTED, ("様式", "プログラム"), strict=True)
        )
        how = "・".join(sorted(load.encodings))
        say(
            judged(
                f"初めての表示 {name} 様式とプログラム", round(load.code_kilobytes(), 1), "KB",
                "≤ 50", besides=f"{parts}、{how}",
            ),
            told(
                f"初めての表示 {name} ほか",
                f"HTML {load.bytes['document'] / 1024:.1f} KB、"
                f"字の形 {load.bytes['font'] / 1024:.0f} KB({load.answers['font']} 片)",
            ),
        )  # fmt: skip


if __name__ == "__main__":
    main()
