"""The month's 出席停止 as the school reports them to its 設置者: numbers by grade, no child."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.diseases import disease_label
from manabiya.apps.attendance.models import ExcusedPeriod
from manabiya.apps.attendance.policies import SUSPENSION_REPORT
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.queries import SchoolHead, school_of

Key = tuple[str, date, date, date | None]
"""Reason, day of the decision, first and last day (None: open)."""


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """Children kept away for one reason and the same days by decisions of one day."""

    disease: str
    decided_on: date
    first_day: date
    last_day: date | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many children the row speaks of."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class SuspensionReport:
    """What 学校保健安全法施行規則20条 asks for: school, reason, period, day, numbers by grade.

    ``counts`` of the rows and ``sums`` follow ``grades``; ``by_disease`` is sorted by its numbers.
    """

    school: SchoolHead
    month: date
    grades: tuple[int, ...]
    rows: tuple[SuspensionRow, ...]
    sums: tuple[int, ...]
    by_disease: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how many decisions the month holds."""
        return sum(self.sums)


def suspension_report(viewer: Actor, *, month: date) -> SuspensionReport:
    """Return the suspensions decided in the month that starts on ``month`` (four queries).

    Raises ``Refused`` for who makes no report.
    """
    SUSPENSION_REPORT.require(viewer)
    after = (month + timedelta(days=31)).replace(day=1)
    rows = ExcusedPeriod.objects.filter(
        school_id=viewer.at,
        kind=excused.SUSPENSION,
        status__in=excused.EXCUSING,
        decided_at__date__gte=month,
        decided_at__date__lt=after,
    )
    periods = list(SUSPENSION_REPORT.filter(viewer, rows))
    seats = list(
        Enrollment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=month - timedelta(days=366)),
            school_id=viewer.at,
            student_id__in={period.student_id for period in periods},
        )
    )
    grades = tuple(sorted({seat.grade_level for seat in seats}))
    return _report(school_of(viewer.at, month), month, grades, periods, seats)


def _report(
    school: SchoolHead, month: date, grades: tuple[int, ...], periods: list[ExcusedPeriod],
    seats: list[Enrollment],
) -> SuspensionReport:  # fmt: skip
    found: dict[Key, Counter[int]] = {}
    for period in periods:
        grade = _grade(period.student_id, period.first_day, seats)
        found.setdefault(_key(period), Counter())[grade] += 1
    used = tuple(g for g in grades if any(counts[g] for counts in found.values()))
    rows = tuple(
        SuspensionRow(*key, counts=tuple(found[key][grade] for grade in used))
        for key in sorted(found, key=lambda key: (key[0], key[1], key[2], key[3] or date.max))
    )
    diseases: Counter[str] = Counter()
    for row in rows:
        diseases[row.disease] += row.total
    return SuspensionReport(
        school=school,
        month=month,
        grades=used,
        rows=rows,
        sums=tuple(sum(row.counts[place] for row in rows) for place in range(len(used))),
        by_disease=tuple(diseases.most_common()),
    )


def _key(period: ExcusedPeriod) -> Key:
    if period.decided_at is None:
        raise ValueError("a decided period without its moment")
    return (
        disease_label(period.disease),
        localtime(period.decided_at).date(),
        period.first_day,
        period.last_day,
    )


def _grade(student_id: UUID, day: date, seats: list[Enrollment]) -> int:
    """Return the grade on the day, else that of the child's first seat after it."""
    mine = sorted(
        (seat for seat in seats if seat.student_id == student_id), key=lambda seat: seat.starts_on
    )
    return next((seat for seat in mine if seat.holds_on(day)), mine[0]).grade_level
