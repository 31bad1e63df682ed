"""Reads the days of a school and counts them: the one way from rows to numbers."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance.queries.counted_days import confirmed_between, marks_between
from manabiya.apps.register.queries import closed_months
from manabiya.apps.statistics import periods
from manabiya.apps.statistics.counting import Counted, RoomDays, Rooms, count
from manabiya.apps.statistics.periods import Period, Span
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.law.school_year import school_year_of
from manabiya.roster.queries import (
    HomeroomCard,
    SchoolDays,
    StayLine,
    homeroom_ids_for,
    homerooms_at,
    school_days,
    stays_between,
    terms_at,
)


def find_period(school_id: UUID, slug: str, today: date) -> Period:
    """Return the period of an address (at most one query); ``Http404`` if there is none such.

    Nothing after today, and no year before the last one.
    """
    year = periods.year_in(slug)
    if year is None or not school_year_of(today) - 1 <= year <= school_year_of(today):
        raise Http404
    terms = school_terms(school_id, year) if "-" in slug and slug[0].isdecimal() else []
    period = periods.find(slug, terms)
    if period is None or period.first > today:
        raise Http404
    return period


def school_terms(school_id: UUID, school_year: int) -> list[periods.TermDays]:
    """Return the terms of a school (three queries at most), three by month where nobody said when they are."""
    found = terms_at(school_id, school_year)
    said = [periods.TermDays(term.number, term.name, term.first, term.last) for term in found]
    return said or periods.default_terms(school_year)


def cards_for(viewer: Actor, policy: Policy, school_year: int, today: date) -> list[HomeroomCard]:
    """Return the classes ``policy`` lets the viewer see, in the school's order (two queries)."""
    mine = set(homeroom_ids_for(viewer, policy, school_year))
    return [card for card in homerooms_at(viewer.at, school_year, today) if card.id in mine]


def count_school(
    school_id: UUID,
    spans: Sequence[Span],
    today: date,
    *,
    homeroom_ids: Collection[UUID] | None = None,
    student_ids: Collection[UUID] | None = None,
) -> Counted:
    """Return what the days of a school up to ``today`` come to in each span (five queries).

    Only of the classes and children named, where they are; authorise first.
    """
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    last = min(last, today)
    stays = [
        stay
        for stay in stays_between(school_id, first, last)
        if (homeroom_ids is None or stay.homeroom_id in homeroom_ids)
        and (student_ids is None or stay.student_id in student_ids)
    ]
    rooms = _rooms(school_id, stays, first, last)
    return count(stays, marks_between(school_id, first, last), rooms, spans)


def _rooms(school_id: UUID, stays: Sequence[StayLine], first: date, last: date) -> Rooms:
    """Return the days of each class and grade."""
    calendar = school_days(school_id, first, last)
    confirmed = confirmed_between(school_id, first, last)
    planned: dict[int, list[date]] = {}
    found = {}
    for homeroom_id, grade_level in {(stay.homeroom_id, stay.grade_level) for stay in stays}:
        if grade_level not in planned:
            planned[grade_level] = calendar.days(grade_level)
        days = confirmed.get(homeroom_id, set())
        found[homeroom_id, grade_level] = _room(
            calendar, planned[grade_level], days, (grade_level, homeroom_id)
        )
    return found


def _room(
    calendar: SchoolDays, planned: list[date], confirmed: set[date], who: tuple[int, UUID]
) -> RoomDays:
    closed = calendar.excused_days(*who)
    asked = [day for day in planned if day not in closed]
    return RoomDays(
        confirmed=[day for day in asked if day in confirmed],
        unconfirmed=[day for day in asked if day not in confirmed],
        closed=closed,
    )


def open_rooms(cards: Sequence[HomeroomCard], period: Period, today: date) -> set[UUID]:
    """Return the classes whose months of the period are not all closed yet (one query).

    A month that is not over is not closed. Their numbers are 速報, those of the others 確定.
    """
    closed = closed_months([card.id for card in cards], period.first, period.last)
    months = [month.first for month in periods.months(period)]
    return {card.id for card in cards if any((card.id, month) not in closed for month in months)}
