"""A product of its own to take pictures of, and the camera: see ``screens.py``."""

import argparse
import io
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-20"
COLORS = 96
PHONE = {"viewport": {"width": 360, "height": 780}, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}
NARROW = {"viewport": {"width": 1024, "height": 900}}
SIZES: dict[str, dict[str, Any]] = {"360": PHONE, "1024": NARROW, "1280": DESK}


@contextmanager
def product(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start the product on ``folder``; yield its address and its process; stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        **os.environ,
        "PORT": str(port),
        "MANABIYA_DATA_DIR": str(folder),
        "CITY": "small",
        "DEMO_DATE": DAY,
        "PYTHONUNBUFFERED": "1",
    }
    launcher = [sys.executable, "-m", "manabiya.site.launcher"]
    with open(folder / "log", "w") as log:
        process = subprocess.Popen(
            launcher, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=log, text=True
        )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if line.startswith("学び舎 →"):
                break
        else:
            raise SystemExit("学び舎が立ち上がりませんでした。")
        yield f"http://localhost:{port}", process
    finally:
        process.send_signal(signal.SIGCONT)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


class Camera:
    """Takes pictures; opens a window per person and size."""

    def __init__(self, browser: Browser, address: str, options: argparse.Namespace) -> None:
        self.browser, self.address, self.options = browser, address, options
        self.taken: list[tuple[str, int]] = []
        self.wide: list[str] = []

    def window(self, size: str = "1280", **settings: Any) -> Page:
        """Open a fresh window (no cookies)."""
        base = {"base_url": self.address, "locale": "ja-JP", "reduced_motion": "reduce"}
        return self.browser.new_context(**{**base, **SIZES[size], **settings}).new_page()

    def as_role(self, role: str, place: str, size: str = "1280", **settings: Any) -> Page:
        """Open a window and log in by the demo button of ``role`` at ``place``."""
        page = self.window(size, **settings)
        page.goto("/login/")
        page.get_by_role("button", name=f"{role} {place}", exact=True).click()
        page.wait_for_load_state()
        return page

    def shoot(self, name: str, page: Page, *, full: bool = False) -> None:
        """Save the window as ``name`` with its width; note a page that scrolls sideways."""
        if self.options.only and not any(word in name for word in self.options.only):
            return
        wait_until_drawn(page)
        width = page.viewport_size["width"]  # type: ignore[index]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            self.wide.append(f"{name}-{width}: +{over}px")
        png = page.screenshot(full_page=full or self.options.full)
        self.save(f"{name}-{width}", Image.open(io.BytesIO(png)))

    def save(self, name: str, image: Image.Image) -> None:
        """Write the picture with its commonest colors: text and rules need no more."""
        target = self.options.out / f"{name}.png"
        small = few_colors(image.convert("RGB"))
        small.save(target, optimize=True)
        self.taken.append((target.name, target.stat().st_size))


def wait_until_drawn(page: Page) -> None:
    """Wait until page, style sheets and the fonts they call for are there."""
    page.wait_for_load_state("load")
    page.evaluate(
        """async () => {
            const sheets = [...document.querySelectorAll("link[rel=stylesheet]")];
            await Promise.all(sheets.map((link) => link.sheet || new Promise((r) => link.onload = r)));
            await document.fonts.ready;
        }"""
    )


def few_colors(image: Image.Image) -> Image.Image:
    """Return the picture with its commonest colors as they are, the rest as the nearest of them.

    Full colors count for more than grays, which are mostly the soft edge of letters.
    """
    counted: Any = image.getcolors(image.width * image.height)
    counted.sort(key=lambda pair: pair[0] * (8 + max(pair[1]) - min(pair[1])), reverse=True)
    colors: list[tuple[int, int, int]] = [color for _, color in counted]
    kept = colors[:COLORS]

    def nearest(color: tuple[int, int, int]) -> int:
        away = [sum((a - b) ** 2 for a, b in zip(color, other, strict=True)) for other in kept]
        return away.index(min(away))

    places = {color: place for place, color in enumerate(kept)}
    places |= {color: nearest(color) for color in colors[COLORS:]}
    raw = image.tobytes()
    pixels = zip(raw[0::3], raw[1::3], raw[2::3], strict=True)
    small = Image.frombytes("P", image.size, bytes(map(places.__getitem__, pixels)))
    small.putpalette([part for color in kept for part in color])
    return small


def paper(camera: Camera, name: str, page: Page, pages: int = 1) -> None:
    """Save the printed page as a picture."""
    if camera.options.only and not any(word in name for word in camera.options.only):
        return
    wait_until_drawn(page)
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    print(f"{name}: {len(document)} pages")
    for number in range(pages):
        camera.save(name, document[number].render(scale=1.6).to_pil())
