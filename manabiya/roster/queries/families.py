"""Guardians and their children; nobody who is excluded from a protected child, no masked phone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from manabiya.kernel.access.actors import Actor
from manabiya.kernel.access.policies import Policy
from manabiya.law.school import SchoolKind
from manabiya.law.school_year import GRADES, school_year_of
from manabiya.roster.calendar.rules import Change, delay_of, later
from manabiya.roster.enrolling.queries import waiting_enrollments
from manabiya.roster.enrolling.rules import LONGEST_GAP
from manabiya.roster.models import Enrollment, GuardianRight, Student
from manabiya.roster.models.dated import on_day, through_enrollment
from manabiya.roster.models.protection import excluded_pair, standing_rights
from manabiya.roster.protection.masks import is_masked
from manabiya.roster.queries.changes import changes_json, read_changes
from manabiya.roster.queries.cutoffs import Cutoffs, cutoffs_json, read_cutoffs


@dataclass(frozen=True, slots=True)
class Child:
    """A guardian's child with today's school and class, and what the guardian may do.

    ``is_waiting``: the class is last year's; the one of this year has not come in yet (April).
    ``absolute_grade``: from 1 (小1) to 9 (中3), whatever the kind of school. ``comes_on``: the
    first day at the school, None once it has come. ``leaves_on``: the last day of a child that
    moves away. ``next``: the child at the school it comes to within a month. ``changes``: what is
    decided about its school days from today on (休校, 繰下げ); ``cutoffs`` and ``starts_at`` are the
    school's of an ordinary day.
    """

    student_id: UUID
    name: str
    kana: str
    school_id: UUID
    school_name: str
    school_phone: str
    homeroom_id: UUID
    homeroom_name: str
    grade_level: int
    roll_number: int
    can_report: bool
    can_view: bool
    cutoffs: Cutoffs
    is_waiting: bool = False
    absolute_grade: int = 1
    comes_on: date | None = None
    leaves_on: date | None = None
    next: "Child | None" = None
    starts_at: time = time(8, 25)
    changes: tuple[Change, ...] = ()

    def changes_on(self, day: date) -> tuple[Change, ...]:
        """Return what is decided about the child's school day (休校, 繰下げ, an early end)."""
        return tuple(change for change in self.changes if change.covers(day))

    def delay_on(self, day: date) -> timedelta:
        """Return by how much the child's day starts later."""
        return delay_of(self.changes, day)

    def cutoff_on(self, day: date) -> time:
        """Return until when a report about ``day`` is in time."""
        return later(self.cutoffs.on(day), self.delay_on(day))

    def start_on(self, day: date) -> time:
        """Return when the child's day begins."""
        return later(self.starts_at, self.delay_on(day))

    def on(self, day: date) -> "Child":
        """Return the child at the school it belongs to on ``day``."""
        then = self.next
        return then if then and then.comes_on and day >= then.comes_on else self

    def is_at_school_on(self, day: date) -> bool:
        """Return whether ``day`` lies between the first and the last day at this school."""
        has_come = self.comes_on is None or self.comes_on <= day
        return has_come and (self.leaves_on is None or day <= self.leaves_on)

    @property
    def calendar_key(self) -> tuple[object, ...]:
        """Return what children whose school days are the same have in common."""
        then = self.next.calendar_key if self.next else ()
        moves = (self.comes_on, self.leaves_on, self.grade_level) if self.next else ()
        return (self.school_id, self.is_waiting, self.comes_on, self.leaves_on, *moves, *then)


def children_of(guardian_id: UUID, today: date) -> list[Child]:
    """Return the children a guardian has rights for today, oldest first.

    Between two schools a child is already with the one it comes to. In April a child that is
    seated nowhere yet stays with its last class (one query more).
    """
    holds = Q(
        student__guardian_rights__starts_on__lte=today,
        student__guardian_rights__guardian_id=guardian_id,
    ) & (
        Q(student__guardian_rights__ends_on__isnull=True)
        | Q(student__guardian_rights__ends_on__gte=today)
    )
    kept_from = excluded_pair(guardian=Value(guardian_id))
    near = Q(starts_on__lte=today + LONGEST_GAP) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    rows = Enrollment.objects.filter(near, ~kept_from).filter(holds).order_by("starts_on")
    rows = rows.annotate(changes=changes_json(today, own=True), citys_cutoffs=cutoffs_json())
    seats = list(rows.values_list(*CHILD, named=True))
    found = [row for row in seats if row.starts_on <= today]
    year = school_year_of(today)
    if today.month == 4:
        late = waiting_enrollments(year, today, knows_coming=False).exclude(
            student_id__in=[row.student_id for row in found]
        )
        late = late.annotate(changes=changes_json(today, own=True), citys_cutoffs=cutoffs_json())
        found += late.filter(~kept_from).filter(holds).values_list(*CHILD, named=True)
    coming = [row for row in seats if row.starts_on > today]
    here = {row.student_id for row in found}
    found += [row for row in coming if row.student_id not in here]
    found.sort(key=lambda row: (row.student__birth_date, row.student_id))
    then = {row.student_id: _child(row, year, today) for row in coming if row.student_id in here}
    return [_child(row, year, today, then.get(row.student_id)) for row in found]


CHILD = (
    "student_id", "student__family_name", "student__given_name", "student__family_kana",
    "student__given_kana", "school_id", "school__name", "school__phone", "homeroom_id",
    "homeroom__name", "grade_level", "roll_number", "student__guardian_rights__can_report",
    "student__guardian_rights__can_view", "school__report_cutoff", "student__birth_date",
    "homeroom__school_year", "school__kind", "starts_on", "ends_on", "exit",
    "school__starts_at", "changes", "school__keeps_own_cutoff", "citys_cutoffs",
)  # fmt: skip


def _child(row: Any, school_year: int, today: date, then: Child | None = None) -> Child:
    is_leaving = row.exit in Enrollment.Exit.of_the_city()
    is_waiting = row.homeroom__school_year < school_year
    return Child(
        student_id=row.student_id,
        name=f"{row.student__family_name} {row.student__given_name}".strip(),
        kana=f"{row.student__family_kana} {row.student__given_kana}".strip(),
        school_id=row.school_id,
        school_name=row.school__name,
        school_phone=row.school__phone,
        homeroom_id=row.homeroom_id,
        homeroom_name=row.homeroom__name,
        grade_level=row.grade_level,
        roll_number=row.roll_number,
        can_report=row.student__guardian_rights__can_report,
        can_view=row.student__guardian_rights__can_view,
        cutoffs=read_cutoffs(
            row.school__report_cutoff if row.school__keeps_own_cutoff else None,
            row.citys_cutoffs,
        ),
        is_waiting=is_waiting,
        absolute_grade=GRADES[SchoolKind(row.school__kind)].start + row.grade_level - 1,
        comes_on=row.starts_on if row.starts_on > today else None,
        leaves_on=row.ends_on if is_leaving else None,
        next=then,
        starts_at=row.school__starts_at,
        changes=tuple(
            c for c in read_changes(row.changes) if not is_waiting or c.scope == "school"
        ),
    )


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """A guardian of a child, in the order in which to call.

    ``is_masked``: the phone is kept back (支援措置): 「連絡前に管理職へ」 in its place.
    """

    right_id: UUID
    guardian_id: UUID
    name: str
    kana: str
    relationship: str
    phone: str
    may_be_called: bool
    can_report: bool
    can_pick_up: bool
    is_masked: bool = False


def guardians_of(student_id: UUID, today: date) -> list[GuardianLine]:
    """Return the guardians of a child who have rights today, in the order in which to call."""
    rows = (
        standing_rights(today)
        .filter(student_id=student_id)
        .annotate(masked=is_masked(today))
        .select_related("guardian")
        .order_by("call_order", "id")
    )
    return [
        GuardianLine(
            right_id=row.id,
            guardian_id=row.guardian_id,
            name=row.guardian.name,
            kana=row.guardian.kana,
            relationship=row.relationship,
            phone="" if row.masked else row.guardian.phone,
            may_be_called=row.may_be_called,
            can_report=row.can_report,
            can_pick_up=row.can_pick_up,
            is_masked=row.masked,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class InvitedPeople:
    """A child and one guardian, as an invitation names them."""

    student_id: UUID
    student_name: str
    student_kana: str
    guardian_id: UUID
    guardian_name: str
    relationship: str
    school_name: str
    homeroom_name: str


def guardians_of_homeroom(homeroom_id: UUID, today: date) -> list[InvitedPeople]:
    """Return every child × guardian of a homeroom today, by 出席番号 (three queries)."""
    seats = Enrollment.objects.filter(on_day(today), homeroom_id=homeroom_id)
    students = list(seats.values_list("student_id", flat=True))
    return _invited(standing_rights(today).filter(student_id__in=students), today)


def people_of(
    pairs: list[tuple[UUID, UUID]], today: date
) -> dict[tuple[UUID, UUID], InvitedPeople]:
    """Return the people of those (student id, guardian id) pairs whose right holds today.

    Two queries.
    """
    rights = standing_rights(today).filter(student_id__in=[student for student, _ in pairs])
    found = {(p.student_id, p.guardian_id): p for p in _invited(rights, today)}
    return {pair: found[pair] for pair in pairs if pair in found}


def guardian_pairs(
    actor: Actor, policy: Policy, pairs: list[tuple[UUID, UUID]]
) -> list[tuple[UUID, UUID]]:
    """Return those of ``pairs`` that hold today and that ``policy`` lets ``actor`` touch."""
    students = [student for student, _ in pairs]
    rights = standing_rights(actor.today).filter(student_id__in=students)
    allowed = set(policy.filter(actor, rights).values_list("student_id", "guardian_id"))
    return [pair for pair in pairs if pair in allowed]


def birth_date_of(student_id: UUID) -> date:
    """Return a child's birth date, for comparing it with what a guardian typed."""
    return Student.objects.get(pk=student_id).birth_date


def student_in_school(path: str, ids: Iterable[UUID], today: date) -> Q:
    """Return the condition that the student at ``path`` is enrolled today at one of the schools."""
    return through_enrollment(path, "school_id", ids, today)


def student_in_homeroom(path: str, ids: Iterable[UUID], today: date) -> Q:
    """Return the condition that the student at ``path`` belongs today to one of the homerooms."""
    return through_enrollment(path, "homeroom_id", ids, today)


def may_reach_student(actor: Actor, policy: Policy, student_id: UUID) -> bool:
    """Return whether ``policy`` lets ``actor`` touch the student today (one query)."""
    return bool(policy.filter(actor, Student.objects.filter(pk=student_id)).exists())


def _invited(rights: QuerySet[GuardianRight], today: date) -> list[InvitedPeople]:
    rows = list(rights.select_related("guardian", "student"))
    seats = {
        row.student_id: row
        for row in Enrollment.objects.filter(
            on_day(today), student_id__in=[row.student_id for row in rows]
        ).select_related("school", "homeroom")
    }
    rows = [row for row in rows if row.student_id in seats]
    rows.sort(key=lambda row: (seats[row.student_id].roll_number, row.call_order, row.id))
    return [
        InvitedPeople(
            student_id=row.student_id,
            student_name=row.student.name,
            student_kana=row.student.kana,
            guardian_id=row.guardian_id,
            guardian_name=row.guardian.name,
            relationship=row.relationship,
            school_name=seats[row.student_id].school.name,
            homeroom_name=seats[row.student_id].homeroom.name,
        )
        for row in rows
    ]
