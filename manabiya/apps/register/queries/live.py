"""A month as the rows say it now, and what keeps it from being closed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from manabiya.apps.attendance.queries import Register, read_month
from manabiya.apps.attendance.queries.facilities import facilities_of
from manabiya.apps.register.document import (
    UNCONFIRMED,
    Document,
    Head,
    Officer,
    canonical,
    month_document,
)
from manabiya.apps.register.queries.settings import register_settings
from manabiya.roster.queries import ClassOfficers, OfficerSpan, class_officers


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a month can't be closed yet; ``day``: where to put it right, None while it is ahead.

    ``on``: the day itself; ``numbers``: 出席番号 of those still 未着 on a confirmed day.
    """

    day: date | None
    words: str
    on: date
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveMonth:
    """The document of a month from its rows, its canonical text, and its obstacles."""

    document: Document
    text: str
    obstacles: tuple[Obstacle, ...]


def last_of(month: date) -> date:
    """Return the last day of the month that begins with ``month``."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def live_month(homeroom_id: UUID, month: date, today: date) -> LiveMonth:
    """Return the month of a class from its rows (ten queries); authorise first."""
    register = read_month(homeroom_id, month, today)
    officers = class_officers(homeroom_id, month, last_of(month))
    document = month_document(register, _head(officers, register))
    return LiveMonth(document, canonical(document), _obstacles(register, document, today))


def _head(officers: ClassOfficers, register: Register) -> Head:
    settings = register_settings(last_of(register.first))
    children = [row.seat.student_id for row in register.rows]
    begins = date(register.card.school_year, 4, 1)
    return Head(
        school=officers.school_name,
        principals=[_officer(span, begins) for span in officers.principals],
        teachers=[_officer(span, begins) for span in officers.teachers],
        symbols=settings.symbols,
        counts_by_sex=settings.counts_by_sex,
        facilities=facilities_of(children, register.first, last_of(register.first)),
    )


def _officer(span: OfficerSpan, begins: date) -> Officer:
    return Officer(span.name, max(span.starts_on, begins), span.ends_on)


def _obstacles(register: Register, document: Document, today: date) -> tuple[Obstacle, ...]:
    found = []
    for n, day in enumerate(register.days):
        numbers = [r["number"] for r in document["rows"] if r["cells"][n] == UNCONFIRMED]
        said = {"day": f"{day.date.month}月{day.date.day}日"}
        if not day.is_off and day.date > today:
            found.append(Obstacle(None, _("%(day)sの授業がまだです。") % said, day.date))
        elif day.is_unconfirmed:
            words = _("%(day)sの出欠が確定していません。") % said
            found.append(Obstacle(day.date, words, day.date))
        elif numbers:
            said["numbers"] = "、".join(f"{number}番" for number in numbers)
            words = _("%(day)sの未着(%(numbers)s)に結果がついていません。") % said
            found.append(Obstacle(day.date, words, day.date, tuple(numbers)))
    return tuple(found)
