"""The 未着 of today: from the marks of the classes, joined with what the staff room did.

Nothing here remembers that a child is missing: the mark says it. So a mark changed on the class page
ends a case at once, and one set again opens it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from manabiya.apps.attendance.queries.arrivals import (
    MissingChild,
    Said,
    SettledChild,
    missing_children,
    said_about,
    settled_children,
)
from manabiya.apps.morning import rules
from manabiya.apps.morning.models import ArrivalCase, CallEntry
from manabiya.apps.morning.queries.seats import ChildSeat, child_seats
from manabiya.apps.morning.times import Morning
from manabiya.kernel.access.actors import Actor
from manabiya.roster.families.calls import CallSheet, call_sheets
from manabiya.roster.models import Appointment
from manabiya.roster.models.dated import on_day

MANAGERS = ("principal", "vice_principal")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A child that is 未着 now: whom to call, what was tried, how urgent it is.

    ``late_from``: who comes before it is in time, known where the day starts later.
    """

    seat: ChildSeat
    missing: MissingChild
    late_from: time | None
    counts_from: datetime
    escalates_at: datetime
    watch: rules.Watch
    sheet: CallSheet
    said: Said | None
    case: ArrivalCase | None
    calls: tuple[CallEntry, ...]

    @property
    def is_escalated(self) -> bool:
        """Return whether it is a matter of the managers now."""
        return self.watch is rules.Watch.ESCALATED

    @property
    def is_due(self) -> bool:
        """Return whether somebody should telephone now."""
        return self.watch is not rules.Watch.EARLY

    @property
    def last_call(self) -> CallEntry | None:
        """Return the newest call."""
        return self.calls[-1] if self.calls else None


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A child that was 未着 today: what the day became, who wrote it, and how it was learnt."""

    seat: ChildSeat
    settled: SettledChild
    case: ArrivalCase | None
    calls: tuple[CallEntry, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The 未着 of a day: those open, the most urgent first, and those that ended."""

    open: tuple[CaseLine, ...] = ()
    settled: tuple[SettledLine, ...] = ()

    def line_of(self, student_id: UUID) -> CaseLine | None:
        """Return the open line of a child."""
        return next((line for line in self.open if line.seat.student_id == student_id), None)

    def settled_of(self, student_id: UUID) -> SettledLine | None:
        """Return the ended line of a child."""
        return next((line for line in self.settled if line.seat.student_id == student_id), None)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines of a day are made from."""

    morning: Morning
    now: datetime
    seats: dict[UUID, ChildSeat]
    cases: dict[UUID, ArrivalCase]
    calls: dict[UUID, list[CallEntry]]
    managers: frozenset[UUID]

    def calls_of(self, student_id: UUID) -> tuple[CallEntry, ...]:
        """Return the calls about a child in order."""
        return tuple(self.calls.get(student_id, ()))


def cases_of_today(viewer: Actor, *, morning: Morning, now: datetime) -> Cases:
    """Return the 未着 the viewer reaches (nine queries, however many children)."""
    missing = missing_children(viewer, day=morning.day)
    settled = settled_children(viewer, day=morning.day)
    ids = [child.student_id for child in missing] + [child.student_id for child in settled]
    seats = {seat.student_id: seat for seat in child_seats(morning.day, students=ids)}
    known = _Known(
        morning, now, seats, *_cases(ids, morning.day), _managers(viewer.at, morning.day)
    )
    sheets = call_sheets([child.student_id for child in missing], now)
    said = said_about(ids, day=morning.day)
    lines = [
        _line(known, child, sheets[child.student_id], said.get(child.student_id))
        for child in missing
        if child.student_id in seats
    ]
    lines.sort(key=lambda line: (not line.is_escalated, line.counts_from))
    ended = [
        SettledLine(
            seats[child.student_id],
            child,
            known.cases.get(child.student_id),
            known.calls_of(child.student_id),
        )
        for child in settled
        if child.student_id in seats
    ]
    return Cases(tuple(lines), tuple(ended))


def _line(known: _Known, child: MissingChild, sheet: CallSheet, said: Said | None) -> CaseLine:
    seat = known.seats[child.student_id]
    case, calls = known.cases.get(child.student_id), known.calls_of(child.student_id)
    start = rules.counts_from(
        day=known.morning.day,
        due=known.morning.confirm_by_of(seat.grade_level, seat.homeroom_id),
        since=child.since.astimezone(known.now.tzinfo),
    )
    left_home = any(call.outcome == CallEntry.Outcome.LEFT_HOME for call in calls)
    return CaseLine(
        seat=seat,
        missing=child,
        late_from=known.morning.late_from(seat.grade_level, seat.homeroom_id),
        counts_from=start,
        escalates_at=start + known.morning.escalate_after,
        watch=rules.watch(
            now=known.now,
            counts_from=start,
            escalate_after=known.morning.escalate_after,
            is_told=left_home or (case is not None and case.told_at is not None),
            manager_has_it=case is not None and case.taken_by_id in known.managers,
        ),
        sheet=sheet,
        said=said,
        case=case,
        calls=calls,
    )


def _cases(
    ids: Collection[UUID], day: date
) -> tuple[dict[UUID, ArrivalCase], dict[UUID, list[CallEntry]]]:
    """Return the cases of the children and their calls in order (two queries)."""
    cases = {
        case.student_id: case
        for case in ArrivalCase.objects.filter(date=day, student_id__in=ids).select_related(
            "taken_by", "told_by", "ended_by"
        )
    }
    calls: dict[UUID, list[CallEntry]] = defaultdict(list)
    rows = CallEntry.objects.filter(case__in=[case.id for case in cases.values()])
    for row in rows.select_related("case", "guardian", "called_by").order_by("called_at", "id"):
        calls[row.case.student_id].append(row)
    return cases, calls


def _managers(school_id: UUID, day: date) -> frozenset[UUID]:
    """Return the people who hold the post of a manager at the school (one query)."""
    posts = Appointment.objects.filter(on_day(day), school_id=school_id, post__in=MANAGERS)
    return frozenset(posts.values_list("staff_member_id", flat=True))
