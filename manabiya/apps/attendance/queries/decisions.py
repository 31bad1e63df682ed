"""Periods decided or waiting: what managers decide on, what proposers still have to say."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from manabiya.apps.attendance import excused
from manabiya.apps.attendance.models import (
    AbsenceReport,
    DecisionDelegation,
    ExcusedPeriod,
)
from manabiya.apps.attendance.policies import (
    DELEGATION_SET,
    PERIOD_DECIDE,
    PERIOD_PROPOSE,
    PERIOD_VIEW,
    SUSPENSION_REPORT,
)
from manabiya.apps.attendance.queries.delegations import may_delegate, wants_delegated
from manabiya.apps.attendance.queries.facility_days import excusing_on
from manabiya.apps.attendance.queries.families import GONE
from manabiya.kernel.access.actors import Actor
from manabiya.roster.models import Enrollment
from manabiya.roster.models.dated import on_day
from manabiya.roster.protection.masks import protected_among

Status = ExcusedPeriod.Status
KEPT = timedelta(days=30)
"""How long a period that is over stays in the list."""
UNTOLD = timedelta(days=14)
"""How far back reports are looked through for one nobody proposed anything about."""


@dataclass(frozen=True, slots=True)
class ExcusedLine:
    """A period with the child's name and today's class."""

    period: ExcusedPeriod
    name: str
    kana: str
    homeroom_name: str
    roll_number: int | None


@dataclass(frozen=True, slots=True)
class UntoldLine:
    """A child whose guardian reported 感染症 or 忌引 and about whom nobody proposed anything."""

    student_id: UUID
    name: str
    homeroom_name: str
    report: AbsenceReport
    day_count: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """The list: what waits, what holds now, what is over, what nobody proposed yet."""

    waiting: tuple[ExcusedLine, ...]
    current: tuple[ExcusedLine, ...]
    over: tuple[ExcusedLine, ...]
    untold: tuple[UntoldLine, ...]
    may_decide: bool
    is_delegated: bool
    may_delegate: bool
    may_report: bool


def decisions_of(viewer: Actor, *, today: date) -> Decisions:
    """Return the periods of the children the viewer looks after (a fixed number of queries)."""
    rows = PERIOD_VIEW.filter(viewer, ExcusedPeriod.objects.filter(school_id=viewer.at))
    recent = rows.filter(
        Q(status=Status.PROPOSED)
        | Q(status=Status.DECIDED, last_day__isnull=True)
        | Q(last_day__gte=today - KEPT)
        | Q(first_day__gte=today - KEPT)
    )
    lines = _lines(recent, today)
    waiting = [line for line in lines if line.period.status == Status.PROPOSED]
    current = [line for line in lines if _is_current(line.period, today)]
    return Decisions(
        waiting=tuple(waiting),
        current=tuple(current),
        over=tuple(line for line in lines if line not in waiting and line not in current),
        untold=untold_lines(viewer, today=today),
        may_decide=may_decide(viewer),
        is_delegated=is_delegated(viewer.at, today),
        may_delegate=DELEGATION_SET.may(viewer),
        may_report=SUSPENSION_REPORT.may(viewer),
    )


def _is_current(period: ExcusedPeriod, today: date) -> bool:
    if period.status not in excused.EXCUSING:
        return False
    return period.last_day is None or period.last_day >= today


def _lines(rows: QuerySet[ExcusedPeriod], today: date) -> list[ExcusedLine]:
    """Return the rows with names and classes, the oldest first (two queries)."""
    found = rows.select_related("student", "proposed_by", "decided_by")
    periods = list(found.order_by("first_day", "proposed_at", "id"))
    seats = seats_of({period.student_id for period in periods}, today)
    return [line_of(period, seats.get(period.student_id)) for period in periods]


def line_of(period: ExcusedPeriod, seat: Enrollment | None) -> ExcusedLine:
    """Return a period with the child's name and its place of today."""
    return ExcusedLine(
        period=period,
        name=period.student.display_name,
        kana=period.student.display_kana,
        homeroom_name=seat.homeroom.name if seat else "",
        roll_number=seat.roll_number if seat else None,
    )


def seats_of(student_ids: set[UUID], today: date) -> dict[UUID, Enrollment]:
    """Return the places of the children on ``today`` (one query)."""
    rows = Enrollment.objects.filter(on_day(today), student_id__in=student_ids)
    return {row.student_id: row for row in rows.select_related("homeroom", "student")}


def untold_lines(viewer: Actor, *, today: date) -> tuple[UntoldLine, ...]:
    """Return the children with a report 感染症 or 忌引 on a day no period speaks of (two queries)."""
    about = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=OuterRef("date")),
        student_id=OuterRef("student_id"),
        first_day__lte=OuterRef("date"),
    ).exclude(status=Status.WITHDRAWN)
    reports = AbsenceReport.objects.filter(
        ~Exists(about),
        kind=AbsenceReport.Kind.ABSENT,
        reason__in=excused.REASONS.values(),
        date__gte=today - UNTOLD,
    ).exclude(status__in=GONE)
    rows = PERIOD_PROPOSE.filter(viewer, reports).order_by("date", "submitted_at", "id")
    by_child: dict[UUID, list[AbsenceReport]] = {}
    for row in rows:
        by_child.setdefault(row.student_id, []).append(row)
    seats = seats_of(set(by_child), today)
    found = [
        UntoldLine(
            student_id, seats[student_id].student.display_name, seats[student_id].homeroom.name,
            said[0], len({report.date for report in said}),
        )
        for student_id, said in by_child.items()
        if student_id in seats
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda line: (line.report.date, line.homeroom_name, line.name)))


@dataclass(frozen=True, slots=True)
class Proposing:
    """A child about whom something is proposed, with the report of the day."""

    student_id: UUID
    name: str
    kana: str
    homeroom_id: UUID
    homeroom_name: str
    day: date
    report: AbsenceReport | None
    is_protected: bool


def proposing(viewer: Actor, *, student_id: UUID, day: date) -> Proposing:
    """Return a child of the viewer's (404 for another's) and the newest report of the day."""
    rows = Enrollment.objects.filter(on_day(viewer.today), student_id=student_id)
    seat = PERIOD_PROPOSE.get(viewer, rows.select_related("student", "homeroom"))
    reports = AbsenceReport.objects.filter(student_id=student_id, date=day)
    return Proposing(
        student_id=student_id,
        name=seat.student.display_name,
        kana=seat.student.display_kana,
        homeroom_id=seat.homeroom_id,
        homeroom_name=seat.homeroom.name,
        day=day,
        report=reports.exclude(status__in=GONE).order_by("-submitted_at", "-id").first(),
        is_protected=bool(protected_among([student_id])),
    )


def waiting_count(viewer: Actor) -> int:
    """Return how many proposals of the viewer's school wait for a decision (one query)."""
    rows = ExcusedPeriod.objects.filter(school_id=viewer.at, status=Status.PROPOSED)
    return PERIOD_VIEW.filter(viewer, rows).count() if PERIOD_VIEW.may(viewer) else 0


def to_decide_count(viewer: Actor) -> int:
    """Return what waits, for managers only: also for a vice principal who may only look."""
    return waiting_count(viewer) if PERIOD_DECIDE.may(viewer) else 0


def is_delegated(school_id: UUID, today: date) -> bool:
    """Return whether the vice principal decides too: the school wants it and the board allows it.

    One query, two where the school wants it.
    """
    return wants_delegated(school_id, today) and may_delegate(today)


def delegations_of(viewer: Actor) -> list[DecisionDelegation]:
    """Return what the school said about delegating the decision, newest first."""
    rows = DecisionDelegation.objects.filter(school_id=viewer.at).select_related("set_by")
    return list(rows.order_by("-valid_from", "-set_at", "-id"))


def may_decide(viewer: Actor) -> bool:
    """Return whether the viewer decides: the principal (or who stands in for an empty post).

    The vice principal only while it is delegated; one query for the vice principal alone.
    """
    roles = {grant.role for grant in PERIOD_DECIDE.grants(viewer)}
    if "principal" in roles:
        return True
    return bool(roles) and is_delegated(viewer.at, viewer.today)


def excused_code_on(student_id: UUID, day: date) -> str:
    """Return the code a decided period gives the child's day, or an empty text (one query)."""
    rows = excusing_on(day).filter(student_id=student_id)
    kind = rows.values_list("kind", flat=True).first()
    return excused.CODES[kind] if kind else ""
