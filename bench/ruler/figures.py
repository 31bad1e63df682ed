"""Figures: the line a benchmark prints is the record that ``docs/figures.md`` is made of.

- with a goal: ``学級の出欠ページ 35名: 11 クエリ(目標 ≤ 12) 達成`` (or ``未達``)
- without one: ``照合: 21.3 ms(参考)``
"""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MEETS: dict[str, Callable[[float, float], bool]] = {
    "≤": operator.le,
    "<": operator.lt,
    "≥": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
}
WITH_GOAL = re.compile(
    r"^(?P<what>[^:]+): (?P<measured>.+?) ?\(目標 (?P<goal>[^()]+)\) (?P<verdict>達成|未達)$"
)
WITHOUT_GOAL = re.compile(r"^(?P<what>[^:]+): (?P<measured>.+)\(参考\)$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``goal`` and ``verdict`` are empty for what is only told."""

    what: str
    measured: str
    goal: str = ""
    verdict: str = ""

    def line(self) -> str:
        """Return the line to print."""
        if not self.goal:
            return f"{self.what}: {self.measured}(参考)"
        return f"{self.what}: {self.measured}(目標 {self.goal}) {self.verdict}"


def judged(what: str, value: float, unit: str, goal: str, *, besides: str = "") -> Figure:
    """Return ``value`` beside its goal (``"≤ 12"``, ``"≥ 100"``, in the same unit).

    ``besides`` is told after the value (spread, number of runs) and judged by nobody.
    """
    sign, limit = goal.split(" ", 1)
    meets = MEETS[sign](value, float(limit.replace(",", "")))
    tail = f"、{besides}" if besides else ""
    unit_of_goal = f" {unit}" if unit not in ("クエリ", "回") else ""
    return Figure(
        what,
        f"{plain(value)} {unit}{tail}",
        f"{sign} {limit}{unit_of_goal}",
        "達成" if meets else "未達",
    )


def told(what: str, measured: str) -> Figure:
    """Return a figure nobody set a goal for."""
    return Figure(what, measured)


def say(*figures: Figure) -> None:
    """Print figures, a line each."""
    for figure in figures:
        print(figure.line(), flush=True)


def read(line: str) -> Figure | None:
    """Return the figure a printed line holds; None for any other line."""
    if found := WITH_GOAL.match(line):
        return Figure(found["what"], found["measured"], found["goal"], found["verdict"])
    if found := WITHOUT_GOAL.match(line):
        return Figure(found["what"], found["measured"])
    return None


def median(values: Sequence[float]) -> float:
    """Return the middle value; of an even number the mean of the two in the middle."""
    return percentile(values, 50)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value below which ``percent`` of ``values`` lie, between neighbours linearly."""
    found = sorted(values)
    if not found:
        raise ValueError("no values")
    place = (len(found) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(found) - 1)
    return found[low] + (found[high] - found[low]) * (place - low)


def plain(value: float) -> str:
    """Return a number with as many digits as it deserves."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}"


def spread(values: Sequence[float], unit: str) -> str:
    """Return what wandered: 「5回の幅 98.2–131.0 件/秒」."""
    return f"{len(values)}回の幅 {plain(min(values))}–{plain(max(values))} {unit}"
