"""Take pictures of every key page at 360, 1024 and 1280 px for the README and the guides.

``scripts/screens.py [--out FOLDER] [--full] [--only WORD …] [--stories STORY …]`` starts a product
of its own on an empty data folder (demo of 2026-11-20, a free port), goes through it as its people
would, by the demo buttons, and saves small PNG files. ``--full`` keeps whole pages instead of one
screen. Ends with 1 when a page scrolls sideways.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from camera import ROOT, Camera, product  # noqa: E402
from stories import STORIES, broken  # noqa: E402


def main() -> None:
    """Take the pictures; end with 1 when a page scrolls sideways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/screens")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--stories", nargs="*", default=[])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    with (
        tempfile.TemporaryDirectory(prefix="manabiya-screens-", ignore_cleanup_errors=True) as name,
        product(folder := Path(name)) as (address, process),
        sync_playwright() as engine,
    ):
        browser = engine.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=flags,
            env={**os.environ, "LANGUAGE": "ja", "LANG": "ja_JP.UTF-8"},
        )
        camera = Camera(browser, address, options)
        for story in STORIES:
            if not options.stories or story.__name__ in options.stories:
                print(story.__name__, flush=True)
                story(camera)
        if not options.stories or "broken" in options.stories:
            broken(camera, folder, process)
        browser.close()
    total = sum(size for _, size in camera.taken)
    print(f"{len(camera.taken)} pictures, {total // 1024} KB in {options.out}")
    for line in camera.wide:
        print(f"scrolls sideways: {line}")
    sys.exit(bool(camera.wide))


if __name__ == "__main__":
    main()
