"""One period with its days and its history, and what the viewer may do with it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.models import (
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
    ExcusedPeriodChange,
)
from manabiya.apps.attendance.policies import PERIOD_PROPOSE, PERIOD_VIEW
from manabiya.apps.attendance.queries.decisions import (
    ExcusedLine,
    line_of,
    may_decide,
    seats_of,
)
from manabiya.apps.attendance.queries.facility_days import (
    FacilityMonth,
    facility_month,
    visited_days,
)
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.protection.masks import protected_among
from manabiya.roster.queries import school_days


@dataclass(frozen=True, slots=True)
class ExcusedDay:
    """A 授業日 of a period up to today: its code now, and the one when it is decided.

    ``code`` is empty while nobody confirmed the class: the confirmation then finds the decision.
    """

    date: date
    code: str
    after: str


@dataclass(frozen=True, slots=True)
class ExcusedPage:
    """One period with its days and its history, and what the viewer may do with it."""

    line: ExcusedLine
    days: tuple[ExcusedDay, ...]
    changes: tuple[ExcusedPeriodChange, ...]
    may_propose: bool
    may_decide: bool
    is_protected: bool
    facility: FacilityMonth | None

    @property
    def period(self) -> ExcusedPeriod:
        """Return the period."""
        return self.line.period


def excused_page(
    viewer: Actor, *, period_id: UUID, today: date, month: date | None = None
) -> ExcusedPage:
    """Return a period the viewer may see (404 otherwise; nine queries, eleven of a 出席扱い).

    ``month``: the month of 通った日 that is shown (None: the last one).
    """
    rows = ExcusedPeriod.objects.select_related("student", "proposed_by", "decided_by")
    period = PERIOD_VIEW.get(viewer, rows, pk=period_id)
    changes = ExcusedPeriodChange.objects.filter(period=period).select_related("changed_by")
    seat = seats_of({period.student_id}, today).get(period.student_id)
    days = period_days(period, today)
    return ExcusedPage(
        line=line_of(period, seat),
        days=tuple(days),
        changes=tuple(changes.order_by("changed_at", "id")),
        may_propose=PERIOD_PROPOSE.may(viewer),
        may_decide=may_decide(viewer),
        is_protected=bool(protected_among([period.student_id])),
        facility=facility_month(period, [(day.date, day.code) for day in days], month),
    )


def period_days(period: ExcusedPeriod, today: date) -> list[ExcusedDay]:
    """Return the 授業日 of the period at its school up to today (four queries)."""
    last = min(today, period.last_day or today)
    places = Enrollment.objects.filter(student_id=period.student_id, school_id=period.school_id)
    seats = list(places.exclude(ends_on__lt=period.first_day))
    calendar = school_days(period.school_id, period.first_day, last)
    inside = {"date__range": (period.first_day, last)}
    rows = ClassDay.objects.filter(
        homeroom_id__in={seat.homeroom_id for seat in seats}, confirmed_at__isnull=False, **inside
    )
    confirmed = set(rows.values_list("homeroom_id", "date"))
    marks = AttendanceMark.objects.filter(student_id=period.student_id, **inside)
    by_day = {mark.date: mark for mark in marks}
    visited = visited_days(period.id) if period.kind == excused.DEEMED_PRESENT else None
    return [
        _day(
            by_day.get(day),
            ExcusedDay(
                day, "", excused.CODES[period.kind] if visited is None or day in visited else ""
            ),
            is_confirmed=(seat.homeroom_id, day) in confirmed,
        )
        for day in calendar.open_days()
        for seat in seats
        if seat.holds_on(day) and calendar.is_school_day(day, seat.grade_level)
    ]


def _day(mark: AttendanceMark | None, plan: ExcusedDay, *, is_confirmed: bool) -> ExcusedDay:
    """Return the day as it stands; ``plan.after``: what is decided, "" where nothing is yet."""
    if not is_confirmed:
        return plan
    if mark is None:
        return ExcusedDay(plan.date, rules.PRESENT, rules.PRESENT)
    code = rules.code_of(mark.status, late=mark.late, left_early=mark.left_early, cause=mark.cause)
    is_changed = plan.after and excused.is_excused_by(code, mark.cause)
    return ExcusedDay(plan.date, code, plan.after if is_changed else code)
