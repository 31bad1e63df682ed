"""The register (出席簿) read: one class's month, or all months of many classes.

What is read is counted in :mod:`.register_building`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.models import AttendanceMark, ClassDay
from manabiya.apps.attendance.policies import REGISTER_VIEW
from manabiya.apps.attendance.queries.register import MarkRow, Register
from manabiya.apps.attendance.queries.register_building import Stretch, build_month, last_of
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import homeroom_card, homerooms_at, school_days, seats_of_classes


def register_month(viewer: Actor, *, homeroom_id: UUID, first: date, today: date) -> Register:
    """Return the register of the month that begins with ``first`` (seven queries).

    Days after ``today`` were not given yet: they are shown and counted nowhere. School days up to
    today that nobody confirmed count as 未確認.
    """
    REGISTER_VIEW.get(viewer, Homeroom.objects.all(), pk=homeroom_id)
    return read_month(homeroom_id, first, today)


def read_month(homeroom_id: UUID, first: date, today: date) -> Register:
    """Return the same of a class that was authorised already (six queries)."""
    last = last_of(first)
    card = homeroom_card(homeroom_id, last)
    rows = _read(card.school_id, [homeroom_id], first, last, today)
    return build_month(card, first, rows)


def read_year(
    school_id: UUID,
    school_year: int,
    today: date,
    *,
    only: UUID | None = None,
    months: Collection[date] | None = None,
) -> Iterator[list[Register]]:
    """Yield the registers of each class of a school, month by month up to today (seven queries).

    The classes in the school's order; ``only``: that one class; ``months``: those months only.
    Authorise first.
    """
    asked = months_of_year(school_year, today) if months is None else sorted(months)
    if not asked:
        return
    cards = homerooms_at(school_id, school_year, min(today, last_of(asked[-1])))
    cards = [card for card in cards if only in (None, card.id)]
    rows = _read(school_id, [card.id for card in cards], asked[0], last_of(asked[-1]), today)
    for card in cards:
        yield [build_month(card, month, rows) for month in asked]


def months_of_year(school_year: int, today: date) -> list[date]:
    """Return the first days of the school year's months that have begun."""
    every = [date(school_year + (n > 12), n - 12 * (n > 12), 1) for n in range(4, 16)]
    return [month for month in every if month <= today]


def _read(
    school_id: UUID, homeroom_ids: Collection[UUID], first: date, last: date, today: date
) -> Stretch:
    inside = {"homeroom_id__in": list(homeroom_ids), "date__range": (first, last)}
    marks: dict[tuple[UUID, date], dict[UUID, list[MarkRow]]] = defaultdict(dict)
    for values in AttendanceMark.objects.filter(**inside).values_list(*MarkRow._fields):
        mark = MarkRow(*values)
        month = marks[mark.homeroom_id, mark.date.replace(day=1)]
        month.setdefault(mark.student_id, []).append(mark)
    confirmed = ClassDay.objects.filter(confirmed_at__isnull=False, **inside)
    return Stretch(
        calendar=school_days(school_id, first, last),
        today=today,
        seats=seats_of_classes(homeroom_ids, first, last),
        marks=marks,
        confirmed=set(confirmed.values_list("homeroom_id", "date")),
    )
