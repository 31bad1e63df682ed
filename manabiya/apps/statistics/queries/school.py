"""The attendance of a school by class, with its state and the figure by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from manabiya.apps.statistics import periods
from manabiya.apps.statistics.counting import KINDS, Counted, Tally, total
from manabiya.apps.statistics.periods import Period, Span
from manabiya.apps.statistics.policies import ATTENDANCE_VIEW
from manabiya.apps.statistics.queries.reading import (
    cards_for,
    count_school,
    find_period,
    open_rooms,
    school_terms,
)
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import HomeroomCard


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class and what its days come to; ``is_open``: its register is not closed yet (速報)."""

    card: HomeroomCard
    tally: Tally
    is_open: bool

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """Return key, name and number of each quantity."""
        return cells_of(self.tally)


def cells_of(tally: Tally) -> list[tuple[str, str, int]]:
    """Return key, name and number of each quantity, in their order."""
    return [(kind, label, tally.of(kind)) for kind, label in KINDS.items()]


@dataclass(frozen=True, slots=True)
class RateLine:
    """出席率 of a grade or a class by month; ``where``: as addresses of rows name it."""

    name: str
    where: str
    rates: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SchoolStatistics:
    """A school's period: a line per class, grades, the sum, and the rates of its year's months with a day."""

    period: Period
    choices: tuple[Period, ...]
    lines: tuple[ClassLine, ...]
    grades: tuple[tuple[int, Tally], ...]
    total: Tally
    months: tuple[Period, ...]
    rates: tuple[RateLine, ...]

    @property
    def is_open(self) -> bool:
        """Return whether a month of a class is not closed yet: 速報."""
        return any(line.is_open for line in self.lines)

    @property
    def cells(self) -> list[tuple[str, str, int]]:
        """Return key, name and number of each quantity of the sum."""
        return cells_of(self.total)

    @property
    def has_rates(self) -> bool:
        """Return whether any month has a rate."""
        return any(rate is not None for line in self.rates for rate in line.rates)


def school_statistics(viewer: Actor, *, slug: str, today: date) -> SchoolStatistics:
    """Return the statistics of the classes the viewer may see (twelve queries at most).

    ``slug``: a period's address, empty for the school year. ``Http404`` for none such.
    """
    year = school_year_of(today)
    period = find_period(viewer.at, slug or str(year), today)
    cards = cards_for(viewer, ATTENDANCE_VIEW, period.school_year, today)
    whole = periods.year_of(period.school_year)
    months = periods.months(Span(whole.first, min(whole.last, today)))
    counted = count_school(
        viewer.at, [period, *months], today, homeroom_ids={card.id for card in cards}
    )
    rooms, waiting = counted.by_room(0), open_rooms(cards, period, today)
    grades = sorted(counted.by_grade(0).items())
    places = [n for n in range(1, len(months) + 1) if counted.sums(n).required]
    return SchoolStatistics(
        period=period,
        choices=tuple(periods.choices(today, school_terms(viewer.at, year))),
        lines=tuple(
            ClassLine(card, rooms.get(card.id, Tally()), card.id in waiting) for card in cards
        ),
        grades=tuple(grades),
        total=total(tally for _, tally in grades),
        months=tuple(months[place - 1] for place in places),
        rates=_rates(counted, cards, [grade for grade, _ in grades], places),
    )


def _rates(
    counted: Counted, cards: Sequence[HomeroomCard], grades: Sequence[int], places: Sequence[int]
) -> tuple[RateLine, ...]:
    """Return the rates by grade; by class for whom sees few of them."""
    if len(cards) <= len(grades):
        by_room = [counted.by_room(place) for place in places]
        return tuple(
            RateLine(card.name, str(card.id), tuple(_rate(found, card.id) for found in by_room))
            for card in cards
        )
    by_grade = [counted.by_grade(place) for place in places]
    return tuple(
        RateLine(f"{grade}年", f"g{grade}", tuple(_rate(found, grade) for found in by_grade))
        for grade in grades
    )


def _rate(found: Mapping[Any, Tally], key: UUID | int) -> Decimal | None:
    tally = found.get(key)
    return tally.rate if tally else None
