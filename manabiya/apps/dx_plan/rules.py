"""Decisions about goals on plain values: what is refused, even steps, how far a figure has come.

A percentage has one decimal. ``falls``: the figure is better the lower it is (FAX still in use).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

TENTH = Decimal("0.1")
MOST_YEARS = 10


class NotAPercentage(ValueError):
    """What was written is no percentage; the message says what to write."""


def read_percent(text: str) -> Decimal | None:
    """Return a percentage as people write it (「45」「45.5%」, full width too); None for nothing.

    Raises :class:`NotAPercentage` for anything but 0 to 100 with one decimal.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise NotAPercentage(f"「{text.strip()}」は数ではありません。45.0 のように書いてください。")
    if not 0 <= found <= 100:
        raise NotAPercentage(f"{plain}%は、0から100の間ではありません。")
    if found != found.quantize(TENTH):
        raise NotAPercentage(f"{plain}%は、小数第1位までにしてください。")
    return found.quantize(TENTH)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with the goal of a year, in words."""

    school_year: int
    why: str


def wrong_goals(baseline: Decimal, goals: Mapping[int, Decimal], *, falls: bool) -> list[Wrong]:
    """Return each goal that goes back behind the baseline or an earlier year's goal."""
    found, before, since = [], baseline, "基準"
    back = "高く" if falls else "低く"
    for year in sorted(goals):
        goal = goals[year]
        is_back = goal > before if falls else goal < before
        if is_back:
            found.append(Wrong(year, f"{goal}%は、{since}の{before}%より{back}なっています。"))
        before, since = goal, "前の年度の目標"
    return found


def even_steps(baseline: Decimal, last: Decimal, years: Sequence[int]) -> dict[int, Decimal]:
    """Return goals in even steps from the baseline to ``last`` in the last year, half up."""
    whole = last - baseline
    return {
        year: (baseline + whole * place / len(years)).quantize(TENTH, ROUND_HALF_UP)
        for place, year in enumerate(years, start=1)
    }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a figure has come. ``change``: points since the baseline, signed as they are.

    ``left``: points still missing to the goal, 0 when it is reached. ``is_better``: it moved to the
    good side.
    """

    change: Decimal
    left: Decimal
    is_reached: bool
    is_better: bool

    @property
    def signed(self) -> str:
        """Return the change with its sign (「+12.3」「−4.0」)."""
        return f"{self.change:+}".replace("-", "−") if self.change else "0.0"


def progress(baseline: Decimal, goal: Decimal, real: Decimal, *, falls: bool) -> Progress:
    """Return how far ``real`` has come from the baseline to the goal."""
    short = real - goal if falls else goal - real
    change = real - baseline
    is_better = change < 0 if falls else change > 0
    return Progress(change, max(short, Decimal("0.0")), short <= 0, is_better)
