"""Write the school days of a year: weekdays without national holidays and vacations."""

from collections.abc import Sequence
from datetime import date

import jpholiday

from manabiya.kernel.audit.record import record
from manabiya.kernel.audit.service import service
from manabiya.law.japanese_calendar import Vacation, plan_year
from manabiya.law.school_year import first_day, last_day
from manabiya.roster.models import CalendarDay, School
from manabiya.roster.queries.years import vacations_of


class CalendarRefused(Exception):
    """The calendar can't be written; the message says why."""


@service
def write_calendars(
    *, school_year: int, vacations: Sequence[Vacation], school_slugs: Sequence[str] = ()
) -> int:
    """Write the year of every school (or of those named) without one; return how many, in the tenant.

    Without ``vacations`` those the board decided for the kind of school hold (市の決まり).
    A school whose year has a single day already is left as it is: days are changed on the pages,
    never by writing over them. Raises :class:`CalendarRefused` for an unknown school.
    """
    schools = School.objects.order_by("code")
    if school_slugs:
        schools = schools.filter(slug__in=school_slugs)
        if missing := set(school_slugs) - set(schools.values_list("slug", flat=True)):
            raise CalendarRefused(f"学校がありません: {'、'.join(sorted(missing))}")
    year = (first_day(school_year), last_day(school_year))
    has_days = CalendarDay.objects.filter(date__range=year).values("school_id")
    empty = list(schools.exclude(pk__in=has_days))
    holidays = dict(jpholiday.between(*year))
    plans = {
        kind: plan_year(
            school_year,
            holidays=holidays,
            vacations=vacations or vacations_of(kind, school_year),
        )
        for kind in {school.kind for school in empty}
    }
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(
                school=school, date=day.date, is_school_day=day.is_school_day, label=day.label
            )
            for school in empty
            for day in plans[school.kind]
            if day.is_school_day or day.label
        ],
        batch_size=2000,
    )
    record(
        actor=None,
        action="founding.calendar:write",
        subject_type="school_year",
        subject_count=len(empty),
        details={"school_year": school_year},
    )
    return len(empty)


def parse_vacation(text: str, school_year: int) -> Vacation:
    """Read ``7/25-8/20=夏季休業`` as days of a school year; raises :class:`CalendarRefused`."""
    try:
        days, label = text.split("=", 1)
        first, last = (_day(part, school_year) for part in days.split("-"))
        return Vacation(label, first, last)
    except ValueError:
        raise CalendarRefused(
            f"休業の書き方がちがいます: {text}(例: 7/25-8/20=夏季休業。年度の中の日です)"
        ) from None


def _day(text: str, school_year: int) -> date:
    month, day = (int(part) for part in text.split("/"))
    return date(school_year + (month < 4), month, day)
