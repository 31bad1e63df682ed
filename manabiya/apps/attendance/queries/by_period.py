"""A class of the 中学校 part by period: who was in which lesson, and the day it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance import by_period
from manabiya.apps.attendance.models import ClassDay, PeriodMark, PeriodRoll
from manabiya.apps.attendance.policies import CLASS_VIEW, PERIOD_MARK
from manabiya.apps.attendance.queries.class_day import may_in_class, refuse_other_days
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import HomeroomDay, Seat, homeroom_day, seats_on


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A child with its lessons."""

    seat: Seat
    lessons: by_period.Lessons


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A class's day by period; ``is_open``: it can be written now.

    ``opens_class``: the viewer may open the class page too; subject teachers see no reasons.
    """

    homeroom: HomeroomDay
    date: date
    rows: tuple[PeriodRow, ...]
    taken: frozenset[int]
    is_open: bool
    is_confirmed: bool
    opens_class: bool


def period_page(viewer: Actor, *, homeroom_id: UUID, day: date, today: date) -> PeriodPage:
    """Return the class by period on ``day`` (five queries, however many children).

    404 for a class that is not taken by period.
    """
    homeroom = homeroom_day(viewer, PERIOD_MARK, homeroom_id, day)
    refuse_other_days(PERIOD_MARK, viewer, homeroom_id, day)
    everybody = [
        seat
        for seat in seats_on(homeroom_id, day)
        if by_period.is_by_period(homeroom.school_kind, seat.grade_level)
    ]
    if not everybody:
        raise Http404
    seats = [seat for seat in everybody if homeroom.has_lessons(seat)]
    taken, marks = taken_periods(homeroom_id, day), period_marks(homeroom_id, day)
    confirmed = ClassDay.objects.filter(
        homeroom_id=homeroom_id, date=day, confirmed_at__isnull=False
    )
    return PeriodPage(
        homeroom=homeroom,
        date=day,
        rows=tuple(
            PeriodRow(seat, by_period.Lessons(taken, marks.get(seat.student_id))) for seat in seats
        ),
        taken=taken,
        is_open=bool(seats) and day <= today,
        is_confirmed=confirmed.exists(),
        opens_class=may_in_class(CLASS_VIEW, viewer, homeroom_id),
    )


def taken_periods(homeroom_id: UUID, day: date) -> frozenset[int]:
    """Return the periods of a class somebody took; authorise it first (one query)."""
    rows = PeriodRoll.objects.filter(homeroom_id=homeroom_id, date=day)
    return frozenset(rows.values_list("period", flat=True))


def period_marks(homeroom_id: UUID, day: date) -> Mapping[UUID, Mapping[int, str]]:
    """Return child → period → status of the exceptions of a class; authorise it first."""
    found: dict[UUID, dict[int, str]] = {}
    for row in PeriodMark.objects.filter(homeroom_id=homeroom_id, date=day):
        found.setdefault(row.student_id, {})[row.period] = row.status
    return found
