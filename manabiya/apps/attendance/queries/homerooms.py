"""The classes of a school on a day: who has confirmed, what was counted, what waits."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from manabiya.apps.attendance import excused, rules
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    ClassDay,
    ExcusedPeriod,
)
from manabiya.apps.attendance.policies import CLASS_VIEW, MARK_VIEW
from manabiya.apps.attendance.queries.standing_rows import SHOWN
from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Scope
from manabiya.law.school_year import school_year_of
from manabiya.roster.calendar.rules import Change
from manabiya.roster.models import Homeroom
from manabiya.roster.queries import HomeroomCard, enrolled_counts, homerooms_at, school_days


@dataclass(frozen=True, slots=True)
class HomeroomLine:
    """A class in the list.

    ``may_open``: with reasons; for others ``counts`` hold no cause and no report is counted.
    ``proposed``: children with a report nobody decided yet (仮), ``proposed_absent`` those of them
    who come to 欠席 by a report or an undecided period, ``proposed_excused`` those kept away by a
    decided one (出席停止, 忌引, 変災); ``conflicts``: reports that came after the confirmation. ``closure``: why it has no lessons on a planned 授業日; where the day
    stays one, its children are ``is_excused`` (S4) and counted so. ``delay``: how much later it
    starts.
    """

    card: HomeroomCard
    is_school_day: bool
    confirmed_at: datetime | None
    counts: rules.Counts
    proposed: int
    proposed_absent: int
    proposed_excused: int
    conflicts: int
    may_open: bool
    closure: Change | None = None
    is_excused: bool = False
    delay: timedelta = timedelta()

    @property
    def is_confirmed(self) -> bool:
        """Return whether the class day was confirmed."""
        return self.confirmed_at is not None


def homeroom_lines(viewer: Actor, *, day: date) -> list[HomeroomLine]:
    """Return the classes of the viewer's school on ``day`` (eight queries)."""
    assert viewer.school_id is not None
    allowed = set(MARK_VIEW.filter(viewer, Homeroom.objects.all()).values_list("id", flat=True))
    cards = homerooms_at(viewer.school_id, school_year_of(day), day)
    cards = [card for card in cards if card.id in allowed]
    ids = [card.id for card in cards]
    classes = _classes(viewer.school_id, day)
    confirmed = _confirmed(ids, day)
    marks = _marks(ids, day)
    said = _said(viewer, day)
    full = _full(viewer)
    found = []
    for card in cards:
        may_open = full is None or card.id in full
        is_confirmed = card.id in confirmed
        about = classes.get(card.id) or _Class()
        counts = _counts(about, marks.get(card.id, []), is_confirmed=is_confirmed)
        found.append(
            HomeroomLine(
                card=card,
                is_school_day=about.is_open,
                confirmed_at=confirmed.get(card.id),
                counts=counts if may_open else rules.without_cause(counts),
                proposed=0 if is_confirmed else said.proposed[card.id],
                proposed_absent=0 if is_confirmed else said.absent[card.id],
                proposed_excused=0 if is_confirmed else said.excused[card.id],
                conflicts=said.conflicts[card.id],
                may_open=may_open,
                closure=about.closure,
                is_excused=about.is_excused,
                delay=about.delay,
            )
        )
    return found


@dataclass
class _Class:
    """What the calendar says of a class: how many belong to it, has it school, does it start later."""

    enrolled: int = 0
    is_open: bool = False
    is_excused: bool = False
    closure: Change | None = None
    delay: timedelta = timedelta()


def _classes(school_id: UUID, day: date) -> dict[UUID, _Class]:
    """Return the classes of a school; one of several grades starts with the last of them."""
    found: dict[UUID, _Class] = defaultdict(_Class)
    calendar = school_days(school_id, day, day)
    for row in enrolled_counts(day, school_id):
        about, who = found[row.homeroom_id], (day, row.grade_level, row.homeroom_id)
        about.enrolled += row.count
        if calendar.has_lessons(*who):
            about.is_open = True
            about.delay = max(about.delay, calendar.delay(*who))
        about.is_excused = about.is_excused or calendar.is_excused(*who)
        about.closure = about.closure or calendar.closure(*who)
    return found


def _counts(about: _Class, codes: list[str], *, is_confirmed: bool) -> rules.Counts:
    if about.is_excused:
        return rules.Counts(enrolled=about.enrolled, suspended=about.enrolled)
    everybody = codes + [rules.PRESENT] * (about.enrolled - len(codes))
    return rules.count(everybody, is_confirmed=is_confirmed)


def _confirmed(homeroom_ids: list[UUID], day: date) -> dict[UUID, datetime]:
    rows = ClassDay.objects.filter(
        homeroom_id__in=homeroom_ids, date=day, confirmed_at__isnull=False
    )
    return dict(rows.values_list("homeroom_id", "confirmed_at"))


def _marks(homeroom_ids: list[UUID], day: date) -> dict[UUID, list[str]]:
    """Return the codes of the marks of each class."""
    found: dict[UUID, list[str]] = {}
    rows = AttendanceMark.objects.filter(homeroom_id__in=homeroom_ids, date=day)
    for homeroom_id, status, late, left_early, count in (
        rows.values_list("homeroom_id", "status", "late", "left_early")
        .annotate(Count("id"))
        .order_by()
    ):
        code = rules.code_of(status, late=late, left_early=left_early)
        found.setdefault(homeroom_id, []).extend([code] * count)
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    """By class: children with an open report, those that come to 欠席, those kept away by a
    decided period, reports too late.
    """

    proposed: Counter[UUID]
    absent: Counter[UUID]
    excused: Counter[UUID]
    conflicts: Counter[UUID]


def _said(viewer: Actor, day: date) -> _Said:
    """Return what reports and periods of the day come to, by class (two queries)."""
    rows = CLASS_VIEW.filter(viewer, AbsenceReport.objects.filter(date=day, status__in=SHOWN))
    claims: dict[tuple[UUID, UUID], list[rules.Claim]] = defaultdict(list)
    conflicts: Counter[UUID] = Counter()
    for homeroom_id, student_id, status, *said in _seated(rows, day).values_list(
        "student__enrollments__homeroom_id", "student_id", "status", "id", "kind", "reason",
        "submitted_at",
    ):  # fmt: skip
        if status == AbsenceReport.Status.CONFLICT:
            conflicts[homeroom_id] += 1
        else:
            claims[homeroom_id, student_id].append(rules.Claim(*said))
    proposals = {seat: rules.propose(found) for seat, found in claims.items()}
    absent = {seat for seat, p in proposals.items() if p and p.code in rules.ABSENT_CODES}
    kept_away = _kept_away(viewer, day)
    decided = {seat for seat, is_decided in kept_away.items() if is_decided}
    return _Said(
        proposed=_by_class(proposals),
        absent=_by_class((absent | kept_away.keys()) - decided),
        excused=_by_class(decided),
        conflicts=conflicts,
    )


def _by_class(seats: Iterable[tuple[UUID, UUID]]) -> Counter[UUID]:
    return Counter(homeroom_id for homeroom_id, _student_id in seats)


def _kept_away(viewer: Actor, day: date) -> dict[tuple[UUID, UUID], bool]:
    """Return who a standing period keeps away: (class, child) → whether it excuses, as decided."""
    rows = ExcusedPeriod.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        first_day__lte=day,
        status__in=excused.STANDING,
    )
    found: dict[tuple[UUID, UUID], bool] = {}
    for homeroom_id, student_id, status, kind in _seated(
        CLASS_VIEW.filter(viewer, rows), day
    ).values_list("student__enrollments__homeroom_id", "student_id", "status", "kind"):
        is_decided = status in excused.EXCUSING and kind != excused.DEEMED_PRESENT
        found[homeroom_id, student_id] = found.get((homeroom_id, student_id), False) or is_decided
    return found


def _seated(rows: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Return rows about children joined with their seats of the day."""
    return rows.filter(
        student__enrollments__starts_on__lte=day, student__enrollments__ends_on__isnull=True
    ) | rows.filter(
        student__enrollments__starts_on__lte=day, student__enrollments__ends_on__gte=day
    )


def _full(viewer: Actor) -> set[UUID] | None:
    """Return the homerooms the viewer may open with reasons; None for all of the school."""
    grants = CLASS_VIEW.grants(viewer)
    if any(CLASS_VIEW.holders[grant.role] is Scope.SCHOOL for grant in grants):
        return None
    return {homeroom_id for grant in grants for homeroom_id in grant.homeroom_ids}
