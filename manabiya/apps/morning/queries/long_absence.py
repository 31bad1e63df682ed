"""Long absence: who is away for long, with the days behind it; in the order of the class, no ranks."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from manabiya.apps.attendance.queries.absences import days_of_absent_children
from manabiya.apps.morning.absences import Alert, Thresholds, alerts_of
from manabiya.apps.morning.models import AbsenceDismissal
from manabiya.apps.morning.policies import ABSENCE_WATCH
from manabiya.apps.morning.queries.absence_settings import thresholds_on
from manabiya.apps.morning.queries.seats import ChildSeat, child_seats
from manabiya.kernel.access.actors import Actor
from manabiya.law.school_year import first_day, school_year_of
from manabiya.roster.models import Enrollment, Homeroom
from manabiya.roster.models.dated import on_day


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A child and one alert; with ``dismissal`` somebody has looked into it."""

    seat: ChildSeat
    alert: Alert
    dismissal: AbsenceDismissal | None

    @property
    def kind_word(self) -> str:
        """Return what the alert says."""
        return str(AbsenceDismissal.Kind(self.alert.kind).label)


@dataclass(frozen=True, slots=True)
class LongAbsence:
    """The alerts of the children the viewer looks after: open ones, and those looked into.

    ``thresholds``: those of the day, by which they were found.
    """

    thresholds: Thresholds
    open: list[AlertLine] = field(default_factory=list)
    dismissed: list[AlertLine] = field(default_factory=list)

    @property
    def child_count(self) -> int:
        """Return about how many children somebody is told."""
        return len({line.seat.student_id for line in self.open})


def long_absence_of(viewer: Actor, *, today: date) -> LongAbsence:
    """Return the alerts of the viewer's children up to ``today`` (a fixed number of queries)."""
    homerooms = ABSENCE_WATCH.filter(
        viewer, Homeroom.objects.filter(school_year=school_year_of(today))
    ).values_list("id", flat=True)
    seats = child_seats(today, homerooms=set(homerooms))
    return _lines(seats, today)


def alerts_of_child(viewer: Actor, *, student_id: UUID, today: date) -> list[AlertLine]:
    """Return the open alerts of one child the viewer looks after; none for another's."""
    rows = ABSENCE_WATCH.filter(
        viewer, Enrollment.objects.filter(on_day(today), student_id=student_id)
    )
    if not rows.exists():
        return []
    return _lines(child_seats(today, students=[student_id]), today).open


def _lines(seats: list[ChildSeat], today: date) -> LongAbsence:
    first, thresholds = first_day(school_year_of(today)), thresholds_on(today)
    days = days_of_absent_children(
        [seat.student_id for seat in seats],
        first=first,
        last=today,
        in_a_row=thresholds.fewest,
        in_all=thresholds.in_all.long_absence_days,
    )
    dismissed = {
        (row.student_id, row.kind, row.since): row
        for row in AbsenceDismissal.objects.filter(
            student_id__in=list(days), since__gte=first
        ).select_related("dismissed_by")
    }
    found = LongAbsence(thresholds)
    for seat in seats:
        for alert in alerts_of(days.get(seat.student_id, ()), thresholds):
            row = dismissed.get((seat.student_id, alert.kind, alert.since))
            (found.dismissed if row else found.open).append(AlertLine(seat, alert, row))
    return found
