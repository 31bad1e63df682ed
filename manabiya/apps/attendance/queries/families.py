"""What a guardian sees: the children of today, and the reports the guardian sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.models import AbsenceReport, ExcusedPeriod, Pickup
from manabiya.apps.attendance.policies import REPORT_VIEW
from manabiya.apps.attendance.queries.days import ChangeAhead, changes_ahead, days_of
from manabiya.apps.attendance.queries.standing_rows import OPEN
from manabiya.kernel.access.actors import Actor
from manabiya.roster.queries import Child, SchoolDays, children_of

GONE = (AbsenceReport.Status.CANCELLED, AbsenceReport.Status.REJECTED)


@dataclass(frozen=True, slots=True)
class ChildCard:
    """A child on the guardian's home: today's school day, own reports, another guardian's word."""

    child: Child
    is_school_day: bool
    label: str
    is_after_cutoff: bool
    cutoff: time
    reports: tuple[AbsenceReport, ...]
    is_reported_by_other: bool
    next_school_day: date | None
    changes: tuple[ChangeAhead, ...]
    periods: tuple[ExcusedPeriod, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Return whether there is no school today because it was closed (休校, 閉鎖)."""
        return any(line.change.is_closing and line.is_today for line in self.changes)

    @property
    def may_report(self) -> bool:
        """Return whether the home offers to report for today."""
        return self.child.can_report and self.is_school_day and not self.reports


def family_home(viewer: Actor, *, now: datetime) -> list[ChildCard]:
    """Return a card per child (three queries and one per school of the children)."""
    today = now.date()
    children = [c for c in children_of(viewer.person_id, today) if c.can_view or c.can_report]
    reports = list(
        AbsenceReport.objects.filter(
            student_id__in=[child.student_id for child in children], date=today
        )
        .exclude(status__in=GONE)
        .order_by("submitted_at", "id")
    )
    alike = {child.calendar_key: child for child in children}
    calendars = {
        key: days_of(child, today, today + timedelta(days=60)) for key, child in alike.items()
    }
    periods = _periods(children, today)
    return [
        replace(
            _card(viewer, child, calendars[child.calendar_key], reports, now),
            periods=tuple(row for row in periods if row.student_id == child.student_id),
        )
        for child in children
    ]


def _periods(children: Sequence[Child], today: date) -> list[ExcusedPeriod]:
    """Return what is decided about those children the viewer may look at, until the day back."""
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=today - timedelta(days=1)),
        student_id__in=[child.student_id for child in children if child.can_view],
        status__in=excused.EXCUSING,
    )
    return list(rows.order_by("first_day", "id"))


def _card(
    viewer: Actor,
    child: Child,
    calendar: SchoolDays,
    reports: list[AbsenceReport],
    now: datetime,
) -> ChildCard:
    today = now.date()
    about = [report for report in reports if report.student_id == child.student_id]
    mine = tuple(report for report in about if report.guardian_id == viewer.person_id)
    return ChildCard(
        child=child,
        is_school_day=calendar.has_lessons(today, child.grade_level, child.homeroom_id),
        label=calendar.label(today),
        is_after_cutoff=rules.is_after_cutoff(now=now, day=today, cutoff=child.cutoff_on(today)),
        cutoff=child.cutoff_on(today),
        reports=mine,
        is_reported_by_other=child.can_view and len(about) > len(mine),
        next_school_day=next(
            (
                day
                for day in calendar.days_with_lessons(child.grade_level, child.homeroom_id)
                if day > today
            ),
            None,
        ),
        changes=changes_ahead(child, calendar, today),
    )


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report the guardian sent, with the child and whether it can still be changed."""

    report: AbsenceReport
    child: Child
    may_change: bool
    cutoff: time


def _line(report: AbsenceReport, child: Child, now: datetime) -> ReportLine:
    is_open = report.status in OPEN
    cutoff = child.on(report.date).cutoff_on(report.date)
    late = rules.is_after_cutoff(now=now, day=report.date, cutoff=cutoff)
    return ReportLine(report, child, is_open and not late, cutoff)


def reports_of(viewer: Actor, *, now: datetime) -> list[ReportLine]:
    """Return the guardian's own reports of the last year, newest first (two queries)."""
    children = {child.student_id: child for child in children_of(viewer.person_id, now.date())}
    rows = REPORT_VIEW.filter(
        viewer,
        AbsenceReport.objects.filter(
            guardian_id=viewer.person_id, date__gte=now.date() - timedelta(days=365)
        ),
    ).order_by("-date", "-submitted_at", "-id")
    return [
        _line(row, children[row.student_id], now)
        for row in rows[:200]
        if row.student_id in children
    ]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One own report, those sent together with it, and who comes for the child."""

    line: ReportLine
    together: tuple[ReportLine, ...] = ()
    pickup: Pickup | None = None

    @property
    def pickup_name(self) -> str:
        """Return the name of who comes, as the guardian gave it."""
        if self.pickup is None:
            return ""
        return self.pickup.name or (self.pickup.guardian.name if self.pickup.guardian else "")


def report_page(viewer: Actor, *, report_id: UUID, now: datetime) -> ReportPage:
    """Return one own report; another guardian's, or of a child who left, does not exist (404).

    Two queries, one more each for reports sent together and for a child that is fetched.
    """
    own = AbsenceReport.objects.filter(guardian_id=viewer.person_id)
    report = REPORT_VIEW.get(viewer, own, pk=report_id)
    children = {c.student_id: c for c in children_of(viewer.person_id, now.date())}
    if report.student_id not in children:
        raise Http404
    together: list[AbsenceReport] = []
    if report.submission is not None:
        others = own.filter(submission=report.submission, student_id__in=children)
        together = list(others.exclude(pk=report.id).order_by("student_id", "date"))
    pickup = None
    if report.kind == AbsenceReport.Kind.LEFT_EARLY:
        pickup = Pickup.objects.filter(report=report).select_related("guardian").first()
    return ReportPage(
        line=_line(report, children[report.student_id], now),
        together=tuple(_line(row, children[row.student_id], now) for row in together),
        pickup=pickup,
    )


@dataclass(frozen=True, slots=True)
class ReportableChild:
    """A child one may report for, and its school days ahead."""

    child: Child
    days: tuple[date, ...]


def reportable_children(viewer: Actor, *, today: date) -> list[ReportableChild]:
    """Return the children one may report for, with their days (a query and one per school)."""
    children = [c for c in children_of(viewer.person_id, today) if c.can_report]
    last = today + rules.REPORT_AHEAD
    alike = {child.calendar_key: child for child in children}
    calendars = {key: days_of(child, today, last) for key, child in alike.items()}
    return [
        ReportableChild(
            child,
            tuple(
                calendars[child.calendar_key].days_with_lessons(
                    child.grade_level, child.homeroom_id
                )
            ),
        )
        for child in children
    ]
