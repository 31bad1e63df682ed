"""What the city's pages make of counts, on plain values; no Django, no clock.

A number that is kept back is None everywhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from manabiya.kernel.exchange.small_cells import SMALL, hidden_cells, with_sums

Numbers = Counter[tuple[str, str]]
WEEK = timedelta(days=7)
YEAR = timedelta(weeks=52)
"""So far back lies the same week of the year before, with the same days of the week."""


def shown(table: Sequence[Sequence[int]], *, exact: bool) -> list[list[int | None]]:
    """Return a table of schools with its sums, None for what is hidden.

    The sums of the rows are children of a school, which everybody knows.
    """
    hidden = frozenset() if exact or not table else hidden_cells(table, rows_are_known=True)
    return [
        [None if (r, c) in hidden else value for c, value in enumerate(row)]
        for r, row in enumerate(with_sums(table) if table else [])
    ]


def together(values: Iterable[int | None]) -> int | None:
    """Return the sum, None as soon as a part of it is kept back."""
    found = list(values)
    return None if None in found else sum(n for n in found if n is not None)


def alone(number: int, *, exact: bool) -> int | None:
    """Return a number that stands in no table with sums."""
    return None if number in SMALL and not exact else number


@dataclass(frozen=True, slots=True)
class Figures:
    """Child-days of confirmed classes: of a day, or of the ``days`` of a week.

    ``infected``: 出席停止 for a disease, part of ``suspended``; ``at_home``: closed classes (S4).
    """

    days: int
    present: int
    sick: int
    other: int
    suspended: int
    bereaved: int
    infected: int
    newly_ill: int
    at_home: int
    closed_classes: int
    closed_grades: int
    closed_schools: int

    @property
    def absent(self) -> int:
        """Return 病欠 and 事故欠."""
        return self.sick + self.other

    @property
    def excused(self) -> int:
        """Return 出席停止・忌引 with the children of closed classes."""
        return self.suspended + self.bereaved + self.at_home

    @property
    def other_excused(self) -> int:
        """Return who is excused for anything but a disease."""
        return self.excused - self.infected

    @property
    def percent(self) -> Decimal | None:
        """Return 欠席率 ΣA/ΣM in percent, one decimal, half up; None without a required day.

        M is who had to come: present and absent; excused children and unconfirmed classes are out.
        """
        required = self.present + self.absent
        if not required:
            return None
        return tenth(Decimal(self.absent * 100) / Decimal(required))

    def a_day(self, number: int) -> Decimal:
        """Return a number for one school day, one decimal, half up."""
        return tenth(Decimal(number) / Decimal(max(self.days, 1)))


def tenth(value: Decimal) -> Decimal:
    """Round to one decimal, half up."""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def figures(numbers: Numbers, days: int = 1) -> Figures:
    """Return the figures of counts."""

    def of(kind: str) -> int:
        return numbers[kind, ""]

    return Figures(
        days=days,
        present=of("present"),
        sick=of("absent_sick"),
        other=of("absent_other"),
        suspended=of("suspended"),
        bereaved=of("bereaved"),
        infected=sum(n for (kind, _detail), n in numbers.items() if kind == "suspended_by"),
        newly_ill=of("newly_ill"),
        at_home=of("kept_at_home"),
        closed_classes=of("closed_classes"),
        closed_grades=of("closed_grades"),
        closed_schools=of("school_closed"),
    )


def is_counted(numbers: Numbers) -> bool:
    """Return whether a class was confirmed, or somebody closed, on the day."""
    return any(numbers[kind, ""] for kind in ("confirmed_classes", "school_closed", "kept_at_home"))


@dataclass(frozen=True, slots=True)
class Week:
    """A week from its Monday, and the same week of the year before where it was counted."""

    monday: date
    now: Figures
    before: Figures | None


def monday_of(day: date) -> date:
    """Return the Monday of the week."""
    return day - timedelta(days=day.weekday())


def by_week(days: Mapping[date, Numbers]) -> dict[date, Figures]:
    """Return the sums of every week with a counted day, by its Monday."""
    numbers: dict[date, Numbers] = {}
    counted: Counter[date] = Counter()
    for day, found in days.items():
        if is_counted(found):
            monday = monday_of(day)
            numbers.setdefault(monday, Counter()).update(found)
            counted[monday] += 1
    return {monday: figures(found, counted[monday]) for monday, found in sorted(numbers.items())}


def weeks(now: Mapping[date, Numbers], before: Mapping[date, Numbers]) -> tuple[Week, ...]:
    """Return the weeks of a school year beside those 52 weeks earlier."""
    earlier = by_week(before)
    return tuple(
        Week(monday, found, earlier.get(monday - YEAR)) for monday, found in by_week(now).items()
    )


LEVELS = (1, 5, 10)
"""From how many on a school's tile is drawn darker."""


def level(number: int | None) -> int:
    """Return how dark a tile is, 0 to 3; what is kept back is as dark as the lowest."""
    return 1 if number is None else sum(number >= least for least in LEVELS)
