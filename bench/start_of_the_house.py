"""How long ``make run`` takes until the first page can be opened: the first time, and later.

With the small city: a later start does not depend on the size of the city.
"""

import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from ruler import ROOT
from ruler.figures import judged, median, say, spread, told
from ruler.house import free_port

SECONDS = 300
AGAIN = 5


def start(folder: Path) -> float:
    """Run ``make run`` until it says where it is, stop it by Ctrl-C; return the seconds."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "MANABIYA_"))}
    environ = kept | {
        "MANABIYA_DATA_DIR": str(folder),
        "PORT": str(free_port()),
        "CITY": "small",
        "MAKEFLAGS": "",
    }
    started = time.monotonic()
    house = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        _wait_for(house, "学び舎 →")
        return time.monotonic() - started
    finally:
        os.killpg(house.pid, signal.SIGINT)
        house.wait(60)


def _wait_for(house: "subprocess.Popen[str]", word: str) -> None:
    """Read the output to its end beside us; return when ``word`` came."""
    lines: queue.Queue[str] = queue.Queue()
    heard: list[str] = []

    def listen() -> None:
        for line in house.stdout or ():
            lines.put(line)
        lines.put("")

    threading.Thread(target=listen, daemon=True).start()
    end = time.monotonic() + SECONDS
    while True:
        try:
            heard.append(lines.get(timeout=max(0.1, end - time.monotonic())))
        except queue.Empty:
            heard.append("")
        if word in heard[-1]:
            return
        if not heard[-1]:
            raise RuntimeError("the house did not start:\n" + "".join(heard))


def main() -> None:
    """Measure and print."""
    place = os.environ.get("TMPDIR") or "/var/tmp"
    folder = Path(tempfile.mkdtemp(prefix="manabiya-bench-", dir=place))
    try:
        first = start(folder)
        later = [round(start(folder), 1) for _ in range(AGAIN)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(
        judged("2度目からの make run", median(later), "秒", "< 10", besides=spread(later, "秒")),
        told("初めての make run", f"{first:.1f} 秒(小さな市。仮想環境と画面の部品はできている)"),
    )


if __name__ == "__main__":
    main()
