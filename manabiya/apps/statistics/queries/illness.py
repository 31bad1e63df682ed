"""Infections by week, and the days children were away ill; the children behind each number."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from manabiya.apps.attendance.queries.counted_days import (
    Suspension,
    disease_label,
    suspensions_from,
)
from manabiya.apps.statistics import periods
from manabiya.apps.statistics.long_absence import ALL
from manabiya.apps.statistics.periods import Period, Span
from manabiya.apps.statistics.policies import ILLNESS_VIEW
from manabiya.apps.statistics.queries.reading import (
    cards_for,
    count_school,
    find_period,
    school_terms,
)
from manabiya.kernel.access.actors import Actor
from manabiya.law.diseases import DISEASES
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import StudentSeat, student_seats


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week: new 出席停止 by disease, and the days children were away ill (病欠)."""

    week: Period
    counts: tuple[int, ...]
    sick_days: int

    @property
    def total(self) -> int:
        """Return the new 出席停止 of the week."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class IllnessPage:
    """The weeks of a period; ``diseases``: keys and names of those that occurred, the most first."""

    period: Period
    choices: tuple[Period, ...]
    diseases: tuple[tuple[str, str], ...]
    weeks: tuple[WeekLine, ...]

    @property
    def sums(self) -> list[int]:
        """Return the new 出席停止 of the period by disease."""
        return [sum(line.counts[n] for line in self.weeks) for n in range(len(self.diseases))]

    @property
    def of_diseases(self) -> list[tuple[str, str, int]]:
        """Return key, name and number of each disease in the period."""
        return [(*one, n) for one, n in zip(self.diseases, self.sums, strict=True)]

    @property
    def sick_weeks(self) -> list[WeekLine]:
        """Return the weeks in which a child was away ill."""
        return [line for line in self.weeks if line.sick_days]

    @property
    def total(self) -> int:
        """Return all new 出席停止 of the period."""
        return sum(self.sums)

    @property
    def sick_days(self) -> int:
        """Return the days of 病欠 of the period."""
        return sum(line.sick_days for line in self.weeks)


def illness_page(viewer: Actor, *, slug: str, today: date) -> IllnessPage:
    """Return the infections of a period by week (twelve queries at most)."""
    year = school_year_of(today)
    period = find_period(viewer.at, slug or str(year), today)
    last = min(period.last, today)
    weeks = periods.weeks(Span(period.first, last))
    cards = cards_for(viewer, ILLNESS_VIEW, period.school_year, today)
    counted = count_school(viewer.at, weeks, today, homeroom_ids={card.id for card in cards})
    starts = Counter(
        (periods.monday_of(row.first_day), row.disease)
        for row in suspensions_from(viewer, ILLNESS_VIEW, period.first, last)
    )
    often = Counter[str]()
    for (_, disease), number in starts.items():
        often[disease] += number
    diseases = sorted(often, key=lambda key: (-often[key], key))
    return IllnessPage(
        period=period,
        choices=tuple(periods.choices(today, school_terms(viewer.at, year))),
        diseases=tuple((key, disease_label(key)) for key in diseases),
        weeks=tuple(
            WeekLine(
                week,
                tuple(starts[periods.monday_of(week.first), key] for key in diseases),
                counted.sums(place).absent_sick,
            )
            for place, week in enumerate(weeks)
        ),
    )


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A 出席停止 behind a number, with the child's class today where it has one."""

    suspension: Suspension
    seat: StudentSeat | None
    disease: str


@dataclass(frozen=True, slots=True)
class SuspensionRows:
    """The 出席停止 that began in a period; ``disease``: the name of the one asked for, or empty."""

    period: Period
    disease: str
    rows: tuple[SuspensionRow, ...]


def suspension_rows(viewer: Actor, *, slug: str, disease: str, today: date) -> SuspensionRows:
    """Return the 出席停止 that began in a period, of one ``disease`` or of ``all`` (three queries)."""
    period = find_period(viewer.at, slug, today)
    if disease not in (ALL, *DISEASES):
        raise Http404
    wanted = "" if disease == ALL else disease
    last = min(period.last, today)
    rows = suspensions_from(viewer, ILLNESS_VIEW, period.first, last, disease=wanted)
    seats = student_seats([row.student_id for row in rows], today)
    return SuspensionRows(
        period=period,
        disease=disease_label(wanted),
        rows=tuple(
            SuspensionRow(row, seats.get(row.student_id), disease_label(row.disease))
            for row in rows
        ),
    )
