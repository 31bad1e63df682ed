"""Long absence by grade and cause for the yearly survey, and the children behind each number."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from manabiya.apps.statistics.long_absence import ALL, CAUSES, LongAbsent, causes_of, long_absent
from manabiya.apps.statistics.periods import Period
from manabiya.apps.statistics.policies import CAUSE_DECIDE, LONG_ABSENCE_VIEW
from manabiya.apps.statistics.queries.reading import cards_for, count_school, find_period
from manabiya.kernel.access.actors import Actor
from manabiya.law.attendance_figures import DEFAULT_RULES
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import HomeroomCard, called


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade: children absent for long by cause, in the order of ``CAUSES``."""

    grade_level: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return all children of the grade absent for long."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class LongAbsencePage:
    """A school year's children absent for long, by grade and cause."""

    period: Period
    days: int
    lines: tuple[GradeLine, ...]

    @property
    def sums(self) -> list[int]:
        """Return the children by cause."""
        return [sum(line.counts[n] for line in self.lines) for n in range(len(CAUSES))]

    @property
    def of_causes(self) -> list[tuple[str, str, int]]:
        """Return key, name and number of each cause."""
        return [(*one, n) for one, n in zip(CAUSES.items(), self.sums, strict=True)]

    @property
    def total(self) -> int:
        """Return all children absent for long."""
        return sum(self.sums)


@dataclass(frozen=True, slots=True)
class LongAbsenceRow:
    """A child absent for long with its name and class."""

    child: LongAbsent
    name: str
    card: HomeroomCard
    cause: str


@dataclass(frozen=True, slots=True)
class LongAbsenceRows:
    """The children behind a number; ``place`` and ``cause``: what was asked for, or empty."""

    period: Period
    place: str
    cause: str
    rows: tuple[LongAbsenceRow, ...]
    may_decide: bool


def _read(
    viewer: Actor, slug: str, today: date
) -> tuple[Period, dict[str, HomeroomCard], list[LongAbsent]]:
    period = find_period(viewer.at, slug or str(school_year_of(today)), today)
    if not period.is_year:
        raise Http404
    cards = cards_for(viewer, LONG_ABSENCE_VIEW, period.school_year, today)
    counted = count_school(viewer.at, [period], today, homeroom_ids={card.id for card in cards})
    children = long_absent(counted, 0, causes_of(period.school_year))
    return period, {str(card.id): card for card in cards}, children


def long_absence_page(viewer: Actor, *, slug: str, today: date) -> LongAbsencePage:
    """Return the numbers of a school year of the classes the viewer may see (nine queries)."""
    period, _, children = _read(viewer, slug, today)
    found = Counter((child.grade_level, child.cause) for child in children)
    return LongAbsencePage(
        period=period,
        days=DEFAULT_RULES.long_absence_days,
        lines=tuple(
            GradeLine(grade, tuple(found[grade, cause] for cause in CAUSES))
            for grade in sorted({grade for grade, _ in found})
        ),
    )


def long_absence_rows(
    viewer: Actor, *, slug: str, where: str, cause: str, today: date
) -> LongAbsenceRows:
    """Return the children behind a number (ten queries); ``all`` or ``g3``, ``all`` or a cause."""
    period, cards, children = _read(viewer, slug, today)
    grade = int(where[1:]) if where[:1] == "g" and where[1:].isdecimal() else None
    if cause not in (ALL, *CAUSES) or (where != ALL and grade is None):
        raise Http404
    found = [
        child
        for child in children
        if grade in (None, child.grade_level) and cause in (ALL, child.cause)
    ]
    names = called([child.student_id for child in found])
    order = list(cards)
    found.sort(key=lambda child: (order.index(str(child.homeroom_id)), -child.days))
    return LongAbsenceRows(
        period=period,
        place="" if grade is None else f"{grade}年",
        cause=CAUSES.get(cause, ""),
        rows=tuple(
            LongAbsenceRow(
                child, names[child.student_id], cards[str(child.homeroom_id)], CAUSES[child.cause]
            )
            for child in found
        ),
        may_decide=CAUSE_DECIDE.may(viewer) and period.school_year == school_year_of(today),
    )
