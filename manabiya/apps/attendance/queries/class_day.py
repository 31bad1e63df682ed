"""A class on a day, for those who confirm it, and for those who see the marks only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from uuid import UUID

from django.http import Http404

from manabiya.apps.attendance import by_period, rules
from manabiya.apps.attendance.models import AbsenceReport, AttendanceMark
from manabiya.apps.attendance.policies import (
    CLASS_VIEW,
    CONSULTATION_VIEW,
    DAY_CONFIRM,
    MARK_VIEW,
    PERIOD_MARK,
    PERIOD_PROPOSE,
)
from manabiya.apps.attendance.queries.settings import morning_settings
from manabiya.apps.attendance.queries.standing import (
    ClassStanding,
    MarkOnClass,
    PeriodOnClass,
    ReportOnClass,
    read_standing,
)
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy, Scope
from manabiya.roster.calendar.rules import Change, later
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import (
    HomeroomDay,
    Seat,
    headed_grades,
    homeroom_day,
    seats_on,
    seats_with_guests,
)

GRADE_HEAD, COVER = "grade_head", "cover"


class DayState(Enum):
    """What can be done with a class on a day."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    FUTURE = "future"
    NO_SCHOOL = "no_school"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One child of the class: what stands, the decided mark and the reports behind it."""

    index: int
    seat: Seat
    standing: rules.Standing
    mark: MarkOnClass | None
    reports: tuple[ReportOnClass, ...]
    lessons: by_period.Lessons = by_period.NONE
    period: PeriodOnClass | None = None

    @property
    def is_guest(self) -> bool:
        """Return whether the child only comes to this class (交流学級)."""
        return self.seat.home is not None

    @property
    def is_proposed(self) -> bool:
        """Return whether the value comes from reports and nobody decided it yet (仮)."""
        standing = self.standing
        return not (standing.is_decided or standing.excused) and standing.code != rules.PRESENT

    @property
    def late_code(self) -> str:
        """Return 病欠 or 事故欠 by the last 欠席 reported after the confirmation, or an empty text."""
        said = [r for r in self.reports if not r.is_open and r.kind == AbsenceReport.Kind.ABSENT]
        return rules.absence_code(said[-1].reason) if said else ""


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A homeroom's day; ``is_by_period``: the viewer may take it by period too; ``is_empty``: nobody belongs to it on that day, school or not; ``is_today_only``: other days stay closed to today's cover.

    ``rows``: the children of the class, then its guests (交流学級), who count elsewhere.
    """

    homeroom: HomeroomDay
    date: date
    state: DayState
    rows: tuple[ClassRow, ...]
    standing: ClassStanding
    may_confirm: bool
    is_by_period: bool = False
    is_empty: bool = False
    may_propose: bool = False
    closure: Change | None = None
    delay: timedelta = timedelta()
    is_today_only: bool = False

    @property
    def starts_at(self) -> time:
        """Return when the class begins; who comes later is late (遅刻)."""
        return later(self.homeroom.starts_at, self.delay)

    @property
    def own(self) -> list[ClassRow]:
        """Return the children who belong to the class."""
        return [row for row in self.rows if not row.is_guest]

    @property
    def report_count(self) -> int:
        """Return how many reports of the class are proposed and not yet decided."""
        return sum(row.is_proposed for row in self.own)

    @property
    def conflicts(self) -> list[ClassRow]:
        """Return the children with a report that came after the confirmation."""
        return [row for row in self.rows if any(not report.is_open for report in row.reports)]


def class_page(viewer: Actor, *, homeroom_id: UUID, day: date, today: date) -> ClassPage:
    """Return the class on ``day`` (three queries, however many children)."""
    homeroom = homeroom_day(viewer, CLASS_VIEW, homeroom_id, day)
    refuse_other_days(CLASS_VIEW, viewer, homeroom_id, day)
    everybody = seats_with_guests(homeroom_id, day, today)
    seats = [seat for seat in everybody if homeroom.has_lessons(seat)]
    homes = homes_of(seats)
    standing = read_standing(homeroom_id, day, [seat.student_id for seat in seats], homes)
    if not may_in_class(CONSULTATION_VIEW, viewer, homeroom_id):
        standing.hide_consultations()
    standing.hide_consultations(
        [i for i, home_id in homes.items() if not may_in_class(CONSULTATION_VIEW, viewer, home_id)]
    )
    rows = tuple(_row(i, seat, standing) for i, seat in enumerate(seats))
    return ClassPage(
        homeroom=homeroom,
        date=day,
        state=_state(is_open=len(seats) > len(homes), standing=standing, day=day, today=today),
        rows=rows,
        standing=standing,
        may_confirm=may_in_class(DAY_CONFIRM, viewer, homeroom_id),
        is_by_period=_is_by_period(homeroom, seats)
        and may_in_class(PERIOD_MARK, viewer, homeroom_id),
        is_empty=all(seat.home for seat in everybody),
        closure=_closure(homeroom, [] if len(seats) > len(homes) else everybody),
        delay=max(map(homeroom.delay, seats), default=timedelta()),
        may_propose=may_in_class(PERIOD_PROPOSE, viewer, homeroom_id),
        is_today_only=not may_in_class(
            CLASS_VIEW, viewer, homeroom_id, viewer.today - timedelta(days=1)
        ),
    )


def _is_by_period(homeroom: HomeroomDay, seats: Iterable[Seat]) -> bool:
    own = [seat for seat in seats if seat.home is None]
    return any(by_period.is_by_period(homeroom.school_kind, seat.grade_level) for seat in own)


def homes_of(seats: Iterable[Seat]) -> dict[UUID, UUID]:
    """Return guest → the class it belongs to."""
    return {seat.student_id: seat.home.id for seat in seats if seat.home}


def _closure(homeroom: HomeroomDay, seats: list[Seat]) -> Change | None:
    """Return why nobody of the class has school although the calendar names a 授業日."""
    found = (homeroom.closure(seat) for seat in seats if seat.home is None)
    return next((closure for closure in found if closure), None)


def _row(index: int, seat: Seat, standing: ClassStanding) -> ClassRow:
    return ClassRow(
        index=index,
        seat=seat,
        standing=standing.of(seat.student_id),
        mark=standing.marks.get(seat.student_id),
        reports=tuple(standing.reports.get(seat.student_id, ())),
        lessons=standing.lessons_of(seat.student_id),
        period=standing.periods.get(seat.student_id),
    )


def _state(*, is_open: bool, standing: ClassStanding, day: date, today: date) -> DayState:
    if not is_open:
        return DayState.NO_SCHOOL
    if day > today:
        return DayState.FUTURE
    return DayState.CONFIRMED if standing.is_confirmed else DayState.OPEN


def may_in_class(policy: Policy, viewer: Actor, homeroom_id: UUID, day: date | None = None) -> bool:
    """Answer from the grants in hand, without a query: the homeroom was authorised already.

    With ``day``: today's cover reaches the class of today, no other day of it.
    """
    is_today = day in (None, viewer.today)
    return any(
        policy.holders[grant.role] is Scope.SCHOOL or homeroom_id in grant.homeroom_ids
        for grant in policy.grants(viewer)
        if is_today or grant.role != COVER
    )


def refuse_other_days(policy: Policy, viewer: Actor, homeroom_id: UUID, day: date) -> None:
    """Raise ``Http404`` where only today's cover lets the viewer in and ``day`` is not today."""
    if not may_in_class(policy, viewer, homeroom_id, day):
        raise Http404


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A child with the mark everybody at school may see: 欠, 遅, 早, 未着; no cause.

    ``reason``: only for the head of the child's grade, where the school decided so.
    """

    seat: Seat
    words: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarksPage:
    """A class's day as everybody at school may see it; ``is_by_period``: as :class:`ClassPage`."""

    homeroom: Homeroom
    date: date
    is_confirmed: bool
    rows: tuple[MarkRow, ...]
    shows_reasons: bool = False
    is_by_period: bool = False


def marks_page(viewer: Actor, *, homeroom_id: UUID, day: date) -> MarksPage:
    """Return the children with a mark of a homeroom, masked (three queries; a grade head's five)."""
    homeroom = MARK_VIEW.get(viewer, Homeroom.objects.select_related("school"), pk=homeroom_id)
    seats = seats_on(homeroom_id, day)
    standing = read_standing(homeroom_id, day, ())
    standing.hide_consultations()
    headed = _headed_grades(viewer, homeroom.school_id)
    rows = tuple(
        _mark_row(seat, standing.marks[seat.student_id], shows_reason=seat.grade_level in headed)
        for seat in seats
        if seat.student_id in standing.marks
    )
    shows_reasons = any(seat.grade_level in headed for seat in seats)
    return MarksPage(
        homeroom, day, standing.is_confirmed, rows, shows_reasons,
        is_by_period=PERIOD_MARK.may(viewer)
        and any(by_period.is_by_period(homeroom.school.kind, s.grade_level) for s in seats),
    )  # fmt: skip


def _mark_row(seat: Seat, mark: MarkOnClass, *, shows_reason: bool) -> MarkRow:
    reason = str(AbsenceReport.Reason(mark.reason).label) if shows_reason and mark.reason else ""
    return MarkRow(seat, masked(mark.code), reason)


def _headed_grades(viewer: Actor, school_id: UUID) -> frozenset[int]:
    """Return the grades whose reasons a grade head may see: none unless the school decided so.

    Reasons are of class Ⅱ: they open after the second factor of the day only.
    """
    if not viewer.is_strong or not any(
        g.role == GRADE_HEAD and g.school_id == school_id for g in viewer.grants
    ):
        return frozenset()
    if not morning_settings(school_id, viewer.today).grade_head_sees_reasons:
        return frozenset()
    return headed_grades(viewer.person_id, school_id, viewer.today)


def masked(code: str) -> tuple[str, ...]:
    """Return the codes of a mark without its cause: every kind of day off is ``absent``."""
    value = rules.CODES[code]
    if value.status == AttendanceMark.Status.NOT_ARRIVED:
        return (rules.NOT_ARRIVED,)
    if value.status in (AttendanceMark.Status.PRESENT, AttendanceMark.Status.DEEMED_PRESENT):
        return ("late",) * value.late + ("left_early",) * value.left_early
    return (rules.ABSENT,)
