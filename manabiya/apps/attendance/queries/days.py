"""The days a guardian can report about: the calendar of the child's school.

In April a child may be seated nowhere yet: then any 授業日 of its last school counts, whatever
the grade, and every weekday as long as that school has no calendar of the new year.

A child that moves is judged by the school it belongs to on each day; the days between two schools
are none.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from manabiya.roster.calendar.rules import ONE_DAY, Change, later
from manabiya.roster.queries import Child, SchoolDays, school_days

ALL_GRADES = 0
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ChangeAhead:
    """A change of a child's school days: the first and the last 授業日 it is about, from today on.

    ``starts_at``: when those days begin; ``is_today``: it holds today.
    """

    change: Change
    first: date
    last: date
    starts_at: time
    is_today: bool


def changes_ahead(child: Child, calendar: SchoolDays, today: date) -> tuple[ChangeAhead, ...]:
    """Return what is changed for a child today and in the two weeks to come, by day.

    A later start or an early end of a day without school is left out.
    """
    planned = [
        today + timedelta(days=n)
        for n in range(AHEAD.days + 1)
        if calendar.is_planned(today + timedelta(days=n), child.grade_level)
        and child.is_at_school_on(today + timedelta(days=n))
    ]
    found = []
    for change in child.changes:
        days = [
            day
            for day in planned
            if change.covers(day)
            and (
                change.is_closing or calendar.has_lessons(day, child.grade_level, child.homeroom_id)
            )
        ]
        if days:
            at = later(child.starts_at, change.delay)
            found.append(ChangeAhead(change, days[0], days[-1], at, days[0] == today))
    return tuple(sorted(found, key=lambda line: (line.first, line.change.kind)))


def changes_today(child: Child, today: date, *, has_lessons: bool) -> tuple[ChangeAhead, ...]:
    """Return what is changed for a child today: why it has no school, or the hours it has."""
    return tuple(
        ChangeAhead(change, today, today, later(child.starts_at, change.delay), is_today=True)
        for change in child.changes_on(today)
        if change.is_closing != has_lessons
    )


def days_of(child: Child, first: date, last: date) -> SchoolDays:
    """Return the calendar that holds for a child from ``first`` to ``last``.

    One query, one more for a child that moves to another school meanwhile.
    """
    calendar = school_days(child.school_id, first, last)
    if child.is_waiting:
        calendar = _of_any_grade(calendar)
    coming = child.next
    rows = {
        (day, grade): said
        for (day, grade), said in calendar.rows.items()
        if child.is_at_school_on(day) and child.on(day) is child
    }
    if coming is not None and coming.comes_on is not None and coming.comes_on <= last:
        then = school_days(coming.school_id, coming.comes_on, last)
        grade, room = coming.grade_level, coming.homeroom_id
        rows |= {
            (day, ALL_GRADES): (then.has_lessons(day, grade, room), then.label(day))
            for day, _grade in then.rows
        }
        return replace(calendar, rows=rows, changes=_before(calendar, coming.comes_on))
    return replace(calendar, rows=rows)


def _before(calendar: SchoolDays, day: date) -> tuple[Change, ...]:
    """Return what was decided about the days before ``day``: those of the old school."""
    kept = (change for change in calendar.changes if change.first < day)
    return tuple(replace(change, last=min(change.last, day - ONE_DAY)) for change in kept)


def _of_any_grade(calendar: SchoolDays) -> SchoolDays:
    length = (calendar.last - calendar.first).days + 1
    days = [calendar.first + timedelta(days=n) for n in range(length)]
    is_known = bool(calendar.rows)
    open_days = set(calendar.open_days()) if is_known else {d for d in days if d.weekday() < 5}
    rows = {(day, ALL_GRADES): (day in open_days, calendar.label(day)) for day in days}
    return SchoolDays(calendar.first, calendar.last, rows)
