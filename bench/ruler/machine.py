"""The machine under the figures: what it is, and who else used it while we measured."""

import os
import platform
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0))


def memory_gigabytes() -> float:
    """Return the machine's memory in GiB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def processor() -> str:
    """Return the processor's name."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _children(pid: int) -> Iterable[int]:
    for task in Path(f"/proc/{pid}/task").glob("*"):
        yield from map(int, (task / "children").read_text().split())


def family(pid: int) -> set[int]:
    """Return a process and everything below it."""
    found, queue = set(), [pid]
    while queue:
        one = queue.pop()
        found.add(one)
        try:
            queue += [child for child in _children(one) if child not in found]
        except OSError:
            continue
    return found


def cpu_seconds(pid: int, *, without: Iterable[int] = ()) -> float:
    """Return the CPU time of a process and everything below it, ended children included.

    ``without``: trees below it that are counted elsewhere.
    """
    others = {one for top in without for one in family(top)}
    total = 0
    for one in family(pid) - others:
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


class Watch:
    """CPU time of our process trees (by name), and the share others took of the machine.

    This process and what it starts besides ``trees`` is the tree ``送る側``.
    """

    def __init__(self, **trees: int) -> None:
        self.trees = trees
        self.started = time.perf_counter()
        self.before = self._now()
        self.busy = _busy_seconds()

    def _now(self) -> dict[str, float]:
        found = {name: cpu_seconds(pid) for name, pid in self.trees.items()}
        return found | {"送る側": cpu_seconds(os.getpid(), without=self.trees.values())}

    def stop(self) -> None:
        """Take the figures."""
        self.seconds = time.perf_counter() - self.started
        self.cpu = {name: now - self.before[name] for name, now in self._now().items()}
        others = max(0.0, _busy_seconds() - self.busy - sum(self.cpu.values()))
        self.others = others / (self.seconds * (os.cpu_count() or 1))


def _busy_seconds() -> float:
    """Return the seconds all cores together spent working since the machine started."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, fields[:8])
    return (user + nice + system + irq + softirq + steal) / TICKS


def about() -> dict[str, str]:
    """Return what the figures were taken on."""
    from manabiya.kernel.database.binaries import find_binaries

    postgres = subprocess.run(
        [str(find_binaries().folder / "postgres"), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        "コア": str(cores()),
        "メモリー": f"{memory_gigabytes():.0f} GiB",
        "プロセッサー": processor(),
        "Python": platform.python_version(),
        "PostgreSQL": postgres.stdout.split()[-1],
    }
