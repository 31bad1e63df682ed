"""The days a guardian can report about: the calendar of the child's school.

In April a child may be seated nowhere yet: then any 授業日 of its last school counts, whatever
the grade, and every weekday as long as that school has no calendar of the new year.

A child that moves is judged by the school it belongs to on each day; the days between two schools
are none.
"""

from datetime import date, timedelta

from manabiya.roster.queries import Child, SchoolDays, school_days

ALL_GRADES = 0


def days_of(child: Child, first: date, last: date) -> SchoolDays:
    """Return the calendar that holds for a child from ``first`` to ``last``.

    One query, one more for a child that moves to another school meanwhile.
    """
    calendar = school_days(child.school_id, first, last)
    if child.is_waiting:
        calendar = _of_any_grade(calendar)
    later = child.next
    rows = {
        (day, grade): said
        for (day, grade), said in calendar.rows.items()
        if child.is_at_school_on(day) and child.on(day) is child
    }
    if later is not None and later.comes_on is not None and later.comes_on <= last:
        then = school_days(later.school_id, later.comes_on, last)
        rows |= {
            (day, ALL_GRADES): (then.is_school_day(day, later.grade_level), then.label(day))
            for day, _grade in then.rows
        }
    return SchoolDays(first, last, rows)


def _of_any_grade(calendar: SchoolDays) -> SchoolDays:
    length = (calendar.last - calendar.first).days + 1
    days = [calendar.first + timedelta(days=n) for n in range(length)]
    is_known = bool(calendar.rows)
    open_days = set(calendar.open_days()) if is_known else {d for d in days if d.weekday() < 5}
    rows = {(day, ALL_GRADES): (day in open_days, calendar.label(day)) for day in days}
    return SchoolDays(calendar.first, calendar.last, rows)
