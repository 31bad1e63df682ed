"""A line chart as values for an SVG: points, guides, and labels that don't cover each other."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 28.0, 590.0, 20.0, 130.0
LABEL_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Guide:
    """A horizontal line with its number."""

    y: float
    number: int

    @property
    def label_y(self) -> float:
        """Return the baseline of the number."""
        return round(self.y + 4, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the chart: ``points`` of a polyline, where its label stands, its last number."""

    label: str
    points: str
    label_y: float
    last: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A day below the chart."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    lines: tuple[Line, ...]
    guides: tuple[Guide, ...]
    ticks: tuple[Tick, ...]


def line_chart(ticks: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """Return the chart of ``series`` (label, a number for each tick); the axis begins at zero."""
    step = _step(max((n for _label, counts in series for n in counts), default=0))
    top = step * 3
    xs = [_x(place, len(ticks)) for place in range(len(ticks))]
    ends = [_y(counts[-1], top) if counts else BOTTOM for _label, counts in series]
    return Chart(
        lines=tuple(
            Line(
                label=label,
                points=" ".join(
                    f"{x:.1f},{_y(n, top):.1f}" for x, n in zip(xs, counts, strict=True)
                ),
                label_y=y,
                last=counts[-1] if counts else 0,
            )
            for (label, counts), y in zip(series, _apart(ends), strict=True)
        ),
        guides=tuple(Guide(_y(step * n, top), step * n) for n in range(4)),
        ticks=tuple(Tick(round(x, 1), text) for x, text in zip(xs, ticks, strict=True)),
    )


def _step(highest: int) -> int:
    """Return the height of a third of the axis: 1, 2, 4, 5 or 10 times a power of ten."""
    size = 1
    while True:
        for step in (size, 2 * size, 4 * size, 5 * size):
            if step * 3 >= highest:
                return step
        size *= 10


def _x(place: int, count: int) -> float:
    return LEFT if count < 2 else LEFT + (RIGHT - LEFT) * place / (count - 1)


def _y(number: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)


def _apart(ends: Sequence[float]) -> list[float]:
    """Return where labels stand: near the ends of their lines, at least a gap apart."""
    order = sorted(range(len(ends)), key=lambda place: -ends[place])
    found = list(ends)
    below = BOTTOM + LABEL_GAP
    for place in order:
        found[place] = min(ends[place], below - LABEL_GAP)
        below = found[place]
    return [round(y + 4, 1) for y in found]
