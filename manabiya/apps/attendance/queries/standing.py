"""What stands for a class on a day: class day, marks and open reports, in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast

from manabiya.apps.attendance import by_period, rules
from manabiya.apps.attendance.models import (
    AbsenceReport,
    AttendanceMark,
    ClassDay,
    PeriodMark,
    PeriodRoll,
)

OPEN = (AbsenceReport.Status.SUBMITTED, AbsenceReport.Status.CHANGED)
SHOWN = (*OPEN, AbsenceReport.Status.CONFLICT)


@dataclass(frozen=True, slots=True)
class ReportOnClass:
    """A report as the teacher sees it."""

    id: UUID
    kind: str
    reason: str
    note: str
    expected_time: time | None
    submitted_at: datetime
    is_after_cutoff: bool
    is_open: bool
    staff_name: str


@dataclass(frozen=True, slots=True)
class MarkOnClass:
    """A decided value as the teacher sees it."""

    id: UUID
    code: str
    reason: str
    note: str
    decided_at: datetime
    decided_by: str


@dataclass
class ClassStanding:
    """Everything said about a class on a day; ``class_day_id`` only when a row exists.

    ``homes``: guest (交流学級) → the class whose day counts for it; of those classes
    ``taken``: class → periods somebody took; ``lessons``: child → exceptions by period, and
    ``lessons_by`` when and by whom the last of them. ``homes_confirmed`` says when and by whom they were confirmed.
    """

    homeroom_id: UUID
    class_day_id: UUID | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    homes: Mapping[UUID, UUID] = field(default_factory=dict)
    taken: dict[UUID, set[int]] = field(default_factory=lambda: defaultdict(set))
    lessons: dict[UUID, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    lessons_by: dict[UUID, tuple[datetime, str]] = field(default_factory=dict)
    homes_confirmed: dict[UUID, tuple[datetime, str]] = field(default_factory=dict)
    marks: dict[UUID, MarkOnClass] = field(default_factory=dict)
    reports: dict[UUID, list[ReportOnClass]] = field(default_factory=lambda: defaultdict(list))

    @property
    def is_confirmed(self) -> bool:
        """Return whether the class day was confirmed."""
        return self.confirmed_at is not None

    def confirmation(self, student_id: UUID) -> tuple[datetime, str] | None:
        """Return when and by whom the child's own class was confirmed, None while it is open."""
        if student_id in self.homes:
            return self.homes_confirmed.get(self.homes[student_id])
        return None if self.confirmed_at is None else (self.confirmed_at, self.confirmed_by)

    def of(self, student_id: UUID) -> rules.Standing:
        """Return what stands for a child: the mark, else the proposal, else present."""
        mark = self.marks.get(student_id)
        if mark is not None:
            return rules.Standing(mark.code, mark.reason, True, mark.decided_by, mark.decided_at)
        confirmed = self.confirmation(student_id)
        if confirmed is not None:
            at, by = confirmed
            return rules.Standing(rules.PRESENT, "", True, by, at)
        return self._with_lessons(student_id, self._reported(student_id))

    def _reported(self, student_id: UUID) -> rules.Standing:
        """Return what the child's open reports propose."""
        proposal = self.proposal(student_id)
        if proposal is None:
            return rules.Standing()
        last = self.reports[student_id][-1]
        return rules.Standing(
            proposal.code, proposal.reason, False, last.staff_name, last.submitted_at
        )

    def _with_lessons(self, student_id: UUID, said: rules.Standing) -> rules.Standing:
        """Return what the taken periods make of a proposal."""
        code = by_period.propose(self.lessons_of(student_id), said.code)
        if code == said.code:
            return said
        at, by = self.lessons_by.get(student_id, (said.at, said.by))
        return rules.Standing(code, said.reason, False, by, at)

    def lessons_of(self, student_id: UUID) -> by_period.Lessons:
        """Return the child's lessons so far."""
        taken = self.taken.get(self.homes.get(student_id, self.homeroom_id), ())
        return by_period.Lessons(frozenset(taken), self.lessons.get(student_id))

    def proposal(self, student_id: UUID) -> rules.Proposal | None:
        """Return what the child's open reports propose."""
        return rules.propose(
            rules.Claim(r.id, r.kind, r.reason, r.submitted_at)
            for r in self.reports.get(student_id, ())
            if r.is_open
        )

    def hide_consultations(self, student_ids: Collection[UUID] | None = None) -> None:
        """Show 相談・登校しぶり as その他, without its note, to whom it is not meant for.

        Of everybody, or of ``student_ids`` only.
        """
        chosen = {*self.marks, *self.reports} if student_ids is None else set(student_ids)
        for student_id in chosen & self.marks.keys():
            mark = self.marks[student_id]
            if mark.reason == rules.CONSULTATION:
                self.marks[student_id] = replace(mark, reason=rules.OTHER_REASON, note="")
        for student_id in chosen & self.reports.keys():
            reports = self.reports[student_id]
            self.reports[student_id] = [
                replace(report, reason=rules.OTHER_REASON, note="")
                if report.reason == rules.CONSULTATION
                else report
                for report in reports
            ]

    def codes(self, student_ids: Collection[UUID]) -> Mapping[UUID, rules.Standing]:
        """Return what stands for each of the children."""
        return {student_id: self.of(student_id) for student_id in student_ids}


def read_standing(
    homeroom_id: UUID,
    day: date,
    student_ids: Collection[UUID],
    homes: Mapping[UUID, UUID] | None = None,
) -> ClassStanding:
    """Return what stands for a homeroom on ``day`` (one query over five tables).

    ``homes``: guest → own class; guests are among ``student_ids`` as well.
    """
    found = ClassStanding(homeroom_id, homes=homes or {})
    classes = [homeroom_id, *found.homes.values()]
    rows = _class_days(classes, day).union(
        _marks(homeroom_id, day, found.homes),
        _reports(day, student_ids),
        _rolls(classes, day),
        _lessons(classes, day),
        all=True,
    )
    for row in sorted(rows, key=lambda row: row[8]):
        _take(found, row, homeroom_id)
    return found


def _take(found: ClassStanding, row: tuple[Any, ...], homeroom_id: UUID) -> None:
    kind, row_id, student_id, code, flag, other, reason, note, at, moment, family, given = row
    name = f"{family} {given}".strip() if family else ""
    match kind:
        case "day" if student_id != homeroom_id:
            found.homes_confirmed[student_id] = at, name
        case "day":
            found.class_day_id, found.confirmed_at, found.confirmed_by = row_id, at, name
        case "mark":
            code = rules.code_of(code, late=flag, left_early=other)
            found.marks[student_id] = MarkOnClass(row_id, code, reason, note, at, name)
        case "roll":
            found.taken[student_id].add(int(note))
        case "lesson":
            found.lessons[student_id][int(note)] = code
            found.lessons_by[student_id] = at, name
        case _:
            found.reports[student_id].append(
                ReportOnClass(row_id, code, reason, note, moment, at, flag, other, name)
            )


def _class_days(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    empty = Value("", output_field=CharField())
    rows = ClassDay.objects.filter(
        homeroom_id__in=homeroom_ids, date=day, confirmed_at__isnull=False
    )
    found: QuerySet[Any, Any] = rows.values_list(
        Value("day"), "id", "homeroom_id", empty, Value(False), Value(False), empty, empty,
        "confirmed_at", Value(time.min), "confirmed_by__family_name", "confirmed_by__given_name",
    )  # fmt: skip
    return found


def _marks(homeroom_id: UUID, day: date, guests: Collection[UUID]) -> QuerySet[Any, Any]:
    rows = AttendanceMark.objects.filter(
        Q(homeroom_id=homeroom_id) | Q(student_id__in=guests)
        if guests
        else Q(homeroom_id=homeroom_id),
        date=day,
    )
    found: QuerySet[Any, Any] = rows.values_list(
        Value("mark"), "id", "student_id", "status", "late", "left_early", "reason", "note",
        "decided_at", "arrived_time", "decided_by__family_name", "decided_by__given_name",
    )  # fmt: skip
    return found


def _reports(day: date, student_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    from django.db.models import BooleanField, Case, When

    is_open = Case(
        When(status__in=OPEN, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    rows = AbsenceReport.objects.filter(date=day, student_id__in=student_ids, status__in=SHOWN)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("report"), "id", "student_id", "kind", "is_after_cutoff", is_open, "reason", "note",
        "submitted_at", F("expected_time"), "staff_member__family_name",
        "staff_member__given_name",
    )  # fmt: skip
    return found


def _rolls(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    """Return the taken periods of the classes; the number stands in the place of the note."""
    empty = Value("", output_field=CharField())
    rows = PeriodRoll.objects.filter(homeroom_id__in=homeroom_ids, date=day)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("roll"), "id", "homeroom_id", empty, Value(False), Value(False), empty,
        Cast("period", CharField()), "taken_at", Value(time.min), empty, empty,
    )  # fmt: skip
    return found


def _lessons(homeroom_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    """Return the exceptions by period of the classes; the number stands in the place of the note."""
    empty = Value("", output_field=CharField())
    rows = PeriodMark.objects.filter(homeroom_id__in=homeroom_ids, date=day)
    found: QuerySet[Any, Any] = rows.values_list(
        Value("lesson"), "id", "student_id", "status", Value(False), Value(False), empty,
        Cast("period", CharField()), "marked_at", Value(time.min), "marked_by__family_name",
        "marked_by__given_name",
    )  # fmt: skip
    return found
