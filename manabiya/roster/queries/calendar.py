"""A school's calendar, read as a whole: the source of 授業日数."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count

from manabiya.roster.models import CalendarDay, School


@dataclass(frozen=True)
class SchoolDays:
    """授業日 of a school from ``first`` to ``last``; a row of one grade overrides that of all."""

    first: date
    last: date
    rows: dict[tuple[date, int], tuple[bool, str]] = field(default_factory=dict)

    def is_school_day(self, day: date, grade_level: int) -> bool:
        """Return whether ``day`` is a 授業日 for the grade; a date without a row is none."""
        row = self.rows.get((day, grade_level)) or self.rows.get((day, 0))
        return row is not None and row[0]

    def label(self, day: date) -> str:
        """Return what the day is called in the calendar (「文化の日」), or an empty text."""
        row = self.rows.get((day, 0))
        return row[1] if row else ""

    def days(self, grade_level: int) -> list[date]:
        """Return the 授業日 of a grade in order."""
        dates = sorted({day for day, _ in self.rows})
        return [day for day in dates if self.is_school_day(day, grade_level)]

    def open_days(self) -> list[date]:
        """Return the days that are 授業日 for at least one grade."""
        return sorted({day for (day, _), (is_open, _) in self.rows.items() if is_open})

    def previous(self, day: date) -> date | None:
        """Return the last open day before ``day`` within the stretch read."""
        return max((d for d in self.open_days() if d < day), default=None)

    def next(self, day: date) -> date | None:
        """Return the first open day after ``day`` within the stretch read."""
        return min((d for d in self.open_days() if d > day), default=None)


def school_days(school_id: UUID, first: date, last: date) -> SchoolDays:
    """Return the calendar of a school from ``first`` to ``last`` (both inclusive)."""
    rows = CalendarDay.objects.filter(school_id=school_id, date__range=(first, last))
    return SchoolDays(
        first=first,
        last=last,
        rows={(r.date, r.grade_level): (r.is_school_day, r.label) for r in rows},
    )


def calendars_on(day: date) -> dict[UUID, SchoolDays]:
    """Return the calendar of one day of every school of the municipality that names the day."""
    rows: dict[UUID, dict[tuple[date, int], tuple[bool, str]]] = defaultdict(dict)
    for row in CalendarDay.objects.filter(date=day):
        rows[row.school_id][row.date, row.grade_level] = (row.is_school_day, row.label)
    return {school_id: SchoolDays(day, day, found) for school_id, found in rows.items()}


def next_open_day(after: date) -> date | None:
    """Return the first day later than ``after`` on which most schools are open, None if none is."""
    days = CalendarDay.objects.filter(date__gt=after, grade_level=0, is_school_day=True)
    counted = days.values("date").annotate(schools=Count("school_id")).order_by("date")
    most = counted.filter(schools__gte=School.objects.count() / 2)
    return most.values_list("date", flat=True).first()
